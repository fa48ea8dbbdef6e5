package dev.signet.testbed;

import java.nio.file.Path;

/**
 * A Python program that is ready to run.
 *
 * @param python the interpreter
 * @param packages the folder with its packages, for {@code PYTHONPATH}
 */
record PythonProgram(Path python, Path packages) {}

package dev.signet.testbed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Python program with all that it needs, each file pinned by its checksum.
 *
 * @param name of the list of packages among the resources
 * @param version of the program, for people
 */
record PythonPackages(String name, String version) {

    static final PythonPackages MOTO = new PythonPackages("moto", "5.2.5");
    static final PythonPackages MINISTACK = new PythonPackages("ministack", "1.5.33");

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration ASKING = Duration.ofMinutes(1);

    /** Names the program, its version, its pins, and what its packages are compiled for. */
    String cacheEntry(Platform platform, String pythonVersion) {
        String pins = Digests.sha256(pins()).substring(0, 12);
        return "%s-v%s-%s-python%s-%s".formatted(name, version, pins, pythonVersion, platform);
    }

    /** The version of an interpreter, such as {@code 3.12}. */
    static String versionOf(Path python) {
        try (Workspace workspace = Workspace.create("python")) {
            Path log = workspace.file("log");
            try (GuardedProcess asked =
                    GuardedProcess.start(
                            "python3",
                            log,
                            workspace.folder(),
                            Map.of(),
                            List.of(
                                    python.toString(),
                                    "-c",
                                    "import sys; print('%d.%d' % sys.version_info[:2])"))) {
                if (asked.await(ASKING) != 0) {
                    throw new TestbedException(python + " does not run:" + asked.quotedLog());
                }
            }
            return Files.readString(log).strip();
        } catch (IOException e) {
            throw new TestbedException("could not ask " + python + " for its version", e);
        }
    }

    /** Fetches the packages with {@code python}'s pip and lays them into {@code folder}. */
    void installInto(Path folder, Path python, Progress progress) throws IOException {
        try (Workspace workspace = Workspace.create("pip")) {
            Path requirements =
                    workspace.write("requirements.txt", new String(pins(), StandardCharsets.UTF_8));
            try (Elapsed _ = Elapsed.report(progress, "installing %s %s".formatted(name, version));
                    GuardedProcess pip = pip(python, requirements, folder, workspace.file("log"))) {
                if (pip.await(LIMIT) != 0) {
                    throw new TestbedException(
                            "pip could not install %s %s (Python 3.11 or newer with pip is needed):%s"
                                    .formatted(name, version, pip.quotedLog()));
                }
            }
        }
    }

    private static GuardedProcess pip(Path python, Path requirements, Path folder, Path log) {
        return GuardedProcess.start(
                "pip install",
                log,
                folder,
                Map.of("PIP_DISABLE_PIP_VERSION_CHECK", "1"),
                List.of(
                        python.toString(),
                        "-m",
                        "pip",
                        "install",
                        "--no-deps",
                        "--only-binary=:all:",
                        "--require-hashes",
                        "--progress-bar=off",
                        "--target",
                        folder.toString(),
                        "-r",
                        requirements.toString()));
    }

    private byte[] pins() {
        return Resources.bytes("/python/" + name + ".txt");
    }
}

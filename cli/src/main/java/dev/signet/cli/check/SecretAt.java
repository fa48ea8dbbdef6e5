package dev.signet.cli.check;

import java.util.List;

/**
 * A plaintext Secret in a text.
 *
 * @param line of its first plaintext key, from 1
 */
record SecretAt(int line, String name, List<String> keys) {}

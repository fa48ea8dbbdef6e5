package dev.signet.cli;

/** How a command prints data. */
enum OutputFormat {
    /** For people. */
    TEXT,
    /** For programs. */
    JSON
}

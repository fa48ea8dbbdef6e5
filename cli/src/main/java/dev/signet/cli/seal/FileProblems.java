package dev.signet.cli.seal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says why a file cannot be read or written, in the words of the system. */
final class FileProblems {

    private FileProblems() {}

    static String reading(Path path, IOException problem) {
        String verb = Files.isDirectory(path) ? "read" : "open";
        return "%s %s: %s".formatted(verb, path, reason(path, problem));
    }

    static String reason(Path path, IOException problem) {
        if (Files.isDirectory(path)) {
            return "is a directory";
        }
        return switch (problem) {
            case NoSuchFileException missing -> "no such file or directory";
            case AccessDeniedException denied -> "permission denied";
            case NotDirectoryException file -> "not a directory";
            default -> "input/output error";
        };
    }
}

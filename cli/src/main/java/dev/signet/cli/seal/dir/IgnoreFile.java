package dev.signet.cli.seal.dir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Has a folder's plaintext left out by Git, and by Helm when it packs a chart. */
final class IgnoreFile {

    private static final Set<String> ALIKE =
            Set.of("local-secrets", "local-secrets/", "/local-secrets", "/local-secrets/");
    private static final String LINE = "local-secrets/";

    private IgnoreFile() {}

    /** Adds the line, where it is missing; returns whether it was. */
    static boolean complete(Path file) throws IOException, FolderException {
        // A blank before it is a part of the name.
        if (text(file).lines().map(String::stripTrailing).anyMatch(ALIKE::contains)) {
            return false;
        }
        append(file);
        return true;
    }

    /** Adds the line at the end, where it goes before all others. */
    static void append(Path file) throws IOException, FolderException {
        // It may lead anywhere, and Git does not read it.
        if (Files.isSymbolicLink(file)) {
            throw new FolderException(
                    "%s is a symbolic link: make it a file with the line %s".formatted(file, LINE));
        }
        String text = text(file);
        String gap = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        Files.writeString(
                file, gap + LINE + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Git reads bytes, whatever letters they stand for. */
    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
    }
}

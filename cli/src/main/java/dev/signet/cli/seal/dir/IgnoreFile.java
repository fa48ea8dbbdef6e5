package dev.signet.cli.seal.dir;

import java.io.IOException;
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
    static boolean complete(Path file) throws IOException {
        String text = Files.exists(file) ? Files.readString(file) : "";
        if (text.lines().map(String::strip).anyMatch(ALIKE::contains)) {
            return false;
        }
        String gap = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
        Files.writeString(
                file, gap + LINE + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return true;
    }
}

package dev.signet.cli.check;

import java.nio.file.Path;
import java.util.List;

/**
 * A plaintext Secret in a file.
 *
 * @param file as it is to be shown
 * @param line of its first plaintext key, from 1
 * @param staged whether this is in what is staged, and no longer on disk
 * @param name of the Secret; empty where it has none
 * @param keys whose values are plaintext, in the order of the file
 */
public record Finding(Path file, int line, boolean staged, String name, List<String> keys) {

    /** The list is copied. */
    public Finding {
        keys = List.copyOf(keys);
    }

    /** In one line, with what to do; never a value. */
    public String text() {
        String what =
                "%s:%d: %sSecret%s holds plaintext key%s %s: "
                        .formatted(
                                file,
                                line,
                                staged ? "staged " : "",
                                name.isEmpty() ? "" : " " + name,
                                keys.size() == 1 ? "" : "s",
                                String.join(", ", keys));
        return (what + remedy()).replaceAll("\\p{Cntrl}", "?");
    }

    /** The command that seals it. */
    public String remedy() {
        Path folder = file.getParent();
        Path base = file.getFileName();
        if (folder != null && folder.endsWith("templates")) {
            Path chart = folder.getParent() == null ? Path.of(".") : folder.getParent();
            return "move it to %s and seal it with: signet seal --dir %s"
                    .formatted(chart.resolve("local-secrets"), chart);
        }
        Path sealed = file.resolveSibling("sealed-" + base);
        return "seal it with: signet seal -f %s -w %s".formatted(file, sealed);
    }
}

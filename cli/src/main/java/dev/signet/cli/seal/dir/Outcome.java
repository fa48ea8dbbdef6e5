package dev.signet.cli.seal.dir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of one file.
 *
 * @param file the sealed one
 * @param written whether it was changed
 * @param sealed keys that were sealed, as {@code NAME/KEY}
 * @param unchanged how many values stayed as they were
 * @param removed keys that are gone, as {@code NAME/KEY}, and Secrets, as {@code NAME}
 */
public record Outcome(
        Path file, boolean written, List<String> sealed, int unchanged, List<String> removed) {

    /** The lists are copied. */
    public Outcome {
        sealed = List.copyOf(sealed);
        removed = List.copyOf(removed);
    }

    /** In one line, for a terminal. */
    public String text() {
        return line().replaceAll("\\p{Cntrl}", "?");
    }

    private String line() {
        if (!written) {
            return file + ": unchanged";
        }
        List<String> parts = new ArrayList<>();
        if (!sealed.isEmpty()) {
            parts.add("sealed " + String.join(", ", sealed));
        }
        if (!removed.isEmpty()) {
            parts.add("removed " + String.join(", ", removed));
        }
        if (parts.isEmpty()) {
            parts.add("metadata changed");
        }
        if (unchanged > 0) {
            parts.add(unchanged == 1 ? "1 value unchanged" : unchanged + " values unchanged");
        }
        return file + ": " + String.join("; ", parts);
    }
}

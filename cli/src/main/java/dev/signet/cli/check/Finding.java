package dev.signet.cli.check;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A plaintext Secret in a file.
 *
 * @param file as it is to be shown
 * @param line of its first plaintext key, from 1
 * @param staged whether this is in what is staged, and no longer on disk
 * @param name of the Secret; empty where it has none
 * @param keys whose values are plaintext, in the order of the file
 * @param alone whether the file holds no other object
 */
public record Finding(
        Path file, int line, boolean staged, String name, List<String> keys, boolean alone) {

    private static final String PLAINTEXT = "local-secrets";
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}._/@%+=:,-]+");

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

    /** What to do, with the command that seals it. */
    public String remedy() {
        Path folder = file.getParent();
        if (folder != null && folder.endsWith(PLAINTEXT)) {
            return "take it out of Git with: git rm --cached %s; then seal it with: signet seal --dir %s"
                    .formatted(quoted(file), quoted(above(folder)));
        }
        if (folder != null && folder.endsWith("templates")) {
            Path chart = above(folder);
            return "move it to %s and seal it with: signet seal --dir %s"
                    .formatted(chart.resolve(PLAINTEXT), quoted(chart));
        }
        String base = String.valueOf(file.getFileName());
        if (base.startsWith("kustomization.")) {
            return "make a Secret of it, seal that, and name the sealed file under resources";
        }
        if (!alone) {
            return "move it to a file of its own, seal that with signet seal, and remove it";
        }
        Path sealed = file.resolveSibling("sealed-" + base);
        return "seal it with: signet seal -f %s -w %s; then remove it"
                .formatted(quoted(file), quoted(sealed));
    }

    /** As a shell reads it as one word. */
    private static String quoted(Path path) {
        String text = path.toString();
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static Path above(Path folder) {
        return folder.getParent() == null ? Path.of(".") : folder.getParent();
    }
}

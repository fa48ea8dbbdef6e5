package dev.signet.cli.seal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.cli.manifest.ManifestFormat;
import dev.signet.cli.manifest.ManifestWriter;
import dev.signet.cli.manifest.SealedManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where results go: to standard output one after another, or to a file all at once. */
final class SealOutput {

    private final SealContext context;
    private final Optional<Path> file;
    private final String format;
    private final StringBuilder text = new StringBuilder();

    private SealOutput(SealContext context, Optional<Path> file, String format) {
        this.context = context;
        this.file = file;
        this.format = format;
    }

    static SealOutput of(SealContext context, FlagValues flags) throws SealException {
        String name = flags.text(SealFlags.OUTPUT);
        // Sealing anew is done in place where one file alone is named.
        if (name.isEmpty() && flags.on(Flag.RE_ENCRYPT)) {
            name = flags.text(SealFlags.INPUT);
        }
        if (name.isEmpty()) {
            return new SealOutput(context, Optional.empty(), flags.text(SealFlags.FORMAT));
        }
        Path path = Path.of(name);
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new SealException("open %s: no such file or directory".formatted(name));
        }
        boolean yaml = ManifestFormat.ofFile(name).isPresent();
        return new SealOutput(
                context, Optional.of(path), yaml ? "yaml" : flags.text(SealFlags.FORMAT));
    }

    /** Whether the results take the place of this file; there is none without a name. */
    boolean isAt(String name) throws SealException {
        if (file.isEmpty() || name.isEmpty() || !Files.exists(file.get())) {
            return false;
        }
        try {
            return Files.isSameFile(file.get(), Path.of(name));
        } catch (IOException e) {
            throw new SealException(FileProblems.reading(file.get(), e));
        }
    }

    void add(SealedManifest manifest) throws SealException {
        add(manifest.tree());
    }

    void add(JsonNode tree) throws SealException {
        add(ManifestWriter.text(tree, format()));
    }

    void add(String words) {
        if (file.isPresent()) {
            text.append(words);
        } else {
            byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
            context.out().write(bytes, 0, bytes.length);
            context.out().flush();
        }
    }

    private ManifestFormat format() throws SealException {
        return ManifestFormat.ofWord(format)
                .orElseThrow(() -> new SealException("unsupported output format: " + format));
    }

    /** Writes the file, if there is one. */
    void finish() throws SealException {
        if (file.isEmpty()) {
            return;
        }
        try {
            ManifestWriter.replace(file.get(), text.toString());
        } catch (IOException e) {
            throw new SealException(
                    "open %s: %s".formatted(file.get(), FileProblems.reason(file.get(), e)));
        }
    }
}

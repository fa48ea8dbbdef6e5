package dev.signet.cli.seal;

import dev.signet.cli.manifest.Manifest;
import dev.signet.cli.manifest.ManifestException;
import dev.signet.cli.manifest.ManifestReader;
import dev.signet.cli.manifest.Manifests;
import dev.signet.cli.manifest.SecretManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is to be sealed: a file or standard input. */
final class SealInput {

    private final SealContext context;
    private final FlagValues flags;
    private byte[] file = {};

    SealInput(SealContext context, FlagValues flags) {
        this.context = context;
        this.flags = flags;
    }

    private String name() {
        return flags.text(SealFlags.INPUT);
    }

    /** Reads the file, if one is named: that it is missing is told before all else. */
    void open() throws SealException {
        if (!name().isEmpty()) {
            try {
                file = Files.readAllBytes(Path.of(name()));
            } catch (IOException e) {
                throw new SealException("Could not read file specified with --secret-file");
            }
        } else if (!flags.on(SealFlags.RAW) && !flags.on(SealFlags.FETCH_CERT)) {
            hint("(tty detected: expecting json/yaml k8s resource in stdin)");
        }
    }

    byte[] bytes() throws SealException {
        return name().isEmpty() ? standardInput() : file;
    }

    Manifests manifests() throws SealException {
        Manifests read = ManifestReader.read(bytes());
        // Bitnami's tool passes over such a document without a word.
        read.problems()
                .forEach(problem ->
                        context.err()
                                .println(
                                        "warning: a part of the input is passed over: " + problem));
        return read;
    }

    List<SecretManifest> secrets() throws SealException, ManifestException {
        List<SecretManifest> secrets = new ArrayList<>();
        for (Manifest manifest : manifests().documents()) {
            if (manifest.tree().isObject()) {
                secrets.add(SecretManifest.of(manifest));
            }
        }
        if (secrets.isEmpty()) {
            throw new SealException(
                    "no secrets found. Ensure the input is valid and UTF-8 encoded");
        }
        secrets.stream()
                .flatMap(secret -> secret.retyped().stream())
                .forEach(key ->
                        context.err()
                                .println(
                                        "warning: stringData.%s is not a string in the manifest; put it in quotes, so that it is sealed as it is written"
                                                .formatted(key)));
        return secrets;
    }

    /** The value of {@code --raw}, with not a byte added or taken away. */
    byte[] rawValue() throws SealException {
        List<String> files = flags.all(SealFlags.FROM_FILE);
        if (files.isEmpty()) {
            hint("(tty detected: expecting a secret to encrypt in stdin)");
            return standardInput();
        }
        if (files.size() > 1) {
            throw new SealException(
                    "must provide only one --from-file when encrypting a single item with --raw");
        }
        String named = files.getFirst();
        Path path = Path.of(named.substring(named.indexOf('=') + 1));
        if (path.equals(Path.of("/dev/stdin"))) {
            return standardInput();
        }
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new SealException(FileProblems.reading(path, e));
        }
    }

    private byte[] standardInput() throws SealException {
        try {
            return context.in().readAllBytes();
        } catch (IOException e) {
            throw new SealException("standard input cannot be read");
        }
    }

    private void hint(String text) {
        if (Terminal.isInput()) {
            context.err().println(text);
        }
    }
}

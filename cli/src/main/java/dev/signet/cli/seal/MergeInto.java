package dev.signet.cli.seal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.cli.manifest.Manifest;
import dev.signet.cli.manifest.ManifestException;
import dev.signet.cli.manifest.ManifestFormat;
import dev.signet.cli.manifest.ManifestReader;
import dev.signet.cli.manifest.ManifestWriter;
import dev.signet.cli.manifest.Manifests;
import dev.signet.cli.manifest.SealedManifest;
import dev.signet.cli.manifest.SecretManifest;
import dev.signet.sealed.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Adds the values of Secrets to a file that holds a sealed one. Unlike Bitnami's tool, it keeps the
 * file's format, and refuses values of another scope, which could not be opened.
 */
final class MergeInto {

    private final FlagValues flags;
    private final SecretRules rules;
    private final SecretSealer sealer;
    private final String name;

    MergeInto(FlagValues flags, ClusterSettings settings, SecretSealer sealer) {
        this.flags = flags;
        this.rules = new SecretRules(flags, settings);
        this.sealer = sealer;
        this.name = flags.text(SealFlags.MERGE_INTO);
    }

    void merge(List<SecretManifest> secrets) throws SealException, ManifestException {
        Path file = existing();
        Manifest manifest = onlyDocument(file);
        SealedManifest sealed = SealedManifest.of(manifest);
        for (SecretManifest secret : secrets) {
            SecretManifest ready =
                    rules.apply(inScopeOf(sealed, secret), sealed.name(), sealed.namespace());
            try {
                add(sealer.seal(ready), sealed);
            } finally {
                ready.wipe();
            }
        }
        write(file, sealed, format(manifest));
    }

    private Path existing() throws SealException {
        try {
            return Path.of(name).toRealPath();
        } catch (IOException e) {
            throw new SealException(
                    "open %s: %s".formatted(name, FileProblems.reason(Path.of(name), e)));
        }
    }

    private Manifest onlyDocument(Path file) throws SealException {
        Manifests read;
        try {
            read = ManifestReader.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new SealException("open %s: %s".formatted(name, FileProblems.reason(file, e)));
        }
        if (!read.problems().isEmpty()) {
            throw new SealException("%s: %s".formatted(name, read.problems().getFirst()));
        }
        if (read.documents().size() != 1) {
            throw new SealException(
                    "%s holds %d documents; --merge-into takes a file with one sealed Secret"
                            .formatted(name, read.documents().size()));
        }
        return read.documents().getFirst();
    }

    private SecretManifest inScopeOf(SealedManifest sealed, SecretManifest secret)
            throws SealException {
        Optional<Scope> asked = flags.given(SealFlags.SCOPE).flatMap(Scope::ofWord);
        Scope annotated = Scope.of(secret.annotations());
        if (asked.isEmpty() && annotated == Scope.STRICT) {
            return sealed.scope() == Scope.STRICT ? secret : secret.scoped(sealed.scope());
        }
        boolean flagCounts =
                asked.isPresent() && (asked.get() != Scope.STRICT || annotated == Scope.STRICT);
        Scope wanted = flagCounts ? asked.orElseThrow() : annotated;
        if (wanted != sealed.scope()) {
            throw new SealException(
                    "%s is sealed %s and the values to merge would be %s, which could not be opened together; use --scope %s, or seal them into a file of their own"
                            .formatted(
                                    name,
                                    sealed.scope().word(),
                                    wanted.word(),
                                    sealed.scope().word()));
        }
        return secret;
    }

    private static void add(SealedManifest update, SealedManifest sealed) {
        sealed.items().setAll(update.items());
        JsonNode metadata = update.template().path("metadata");
        ObjectNode target = sealed.template().withObjectProperty("metadata");
        for (String field : List.of("annotations", "labels")) {
            if (metadata.get(field) instanceof ObjectNode added) {
                target.withObjectProperty(field).setAll(added);
            }
        }
    }

    private ManifestFormat format(Manifest manifest) throws SealException {
        Optional<String> asked = flags.given(SealFlags.FORMAT);
        if (asked.isEmpty()) {
            return manifest.format();
        }
        return ManifestFormat.ofWord(asked.get())
                .orElseThrow(() -> new SealException("unsupported output format: " + asked.get()));
    }

    private void write(Path file, SealedManifest sealed, ManifestFormat format)
            throws SealException, ManifestException {
        SealedManifest sorted = SealedManifest.lenient(new Manifest(sealed.tree(), format)).typed();
        try {
            ManifestWriter.update(file, ManifestWriter.text(sorted.tree(), format));
        } catch (IOException e) {
            throw new SealException("open %s: %s".formatted(name, FileProblems.reason(file, e)));
        }
    }
}

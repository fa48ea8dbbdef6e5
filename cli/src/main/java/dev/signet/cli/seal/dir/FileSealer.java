package dev.signet.cli.seal.dir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.cli.manifest.Manifest;
import dev.signet.cli.manifest.ManifestException;
import dev.signet.cli.manifest.ManifestFormat;
import dev.signet.cli.manifest.ManifestReader;
import dev.signet.cli.manifest.ManifestWriter;
import dev.signet.cli.manifest.SealedManifest;
import dev.signet.cli.manifest.SecretManifest;
import dev.signet.cli.seal.SecretSealer;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.Scope;
import dev.signet.sealed.SealingCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Seals the Secrets of one file, and keeps what is sealed already. */
public final class FileSealer {

    private static final Set<String> SCOPES =
            Arrays.stream(Scope.values())
                    .flatMap(scope -> scope.annotations().keySet().stream())
                    .collect(Collectors.toUnmodifiableSet());

    private final Means means;
    private final SealMemory memory;
    private final boolean reseal;
    private final SecureRandom random = new SecureRandom();
    private final List<String> keptFor = new ArrayList<>();
    private @Nullable SealingCertificate certificate;

    FileSealer(Means means, SealMemory memory, boolean reseal) {
        this.means = means;
        this.memory = memory;
        this.reseal = reseal;
    }

    /** What is asked for only where it is needed, for it may need a cluster. */
    public interface Means {

        /** What values are sealed with. */
        SealingCertificate certificate() throws FolderException, InterruptedException;

        /** The namespace of Secrets that name none. */
        String namespace() throws FolderException;
    }

    /** The text of a sealed file, and what was done for it. */
    record Sealed(String text, Outcome outcome) {}

    private static final class Tally {
        private final List<String> sealed = new ArrayList<>();
        private final List<String> removed = new ArrayList<>();
        private int kept;
    }

    /** Seals a file. Nothing is written. */
    Sealed seal(Path source, Path target)
            throws IOException, FolderException, InterruptedException {
        Map<String, SealedManifest> before = before(target);
        Tally tally = new Tally();
        StringBuilder text = new StringBuilder();
        List<JsonNode> trees = new ArrayList<>();
        for (Manifest document : FolderSealer.documents(source)) {
            SecretManifest secret = secret(source, document);
            try {
                SealedManifest sealed = seal(secret, before, tally);
                String helm = templated("", sealed.tree());
                if (!helm.isEmpty()) {
                    throw new FolderException(
                            "%s: %s of Secret %s holds {{, which Helm would take for an expression; the sealed file would not be what you mean"
                                    .formatted(source, helm, secret.name()));
                }
                trees.add(sealed.tree());
                text.append(ManifestWriter.text(sealed.tree(), ManifestFormat.YAML));
            } finally {
                secret.wipe();
            }
        }
        if (trees.isEmpty()) {
            throw new FolderException("%s holds no Secret".formatted(source));
        }
        boolean written = !trees.equals(trees(target));
        return new Sealed(
                text.toString(),
                new Outcome(target, written, tally.sealed, tally.kept, tally.removed));
    }

    /**
     * How many values stayed that were sealed with another certificate than the one in use, as far
     * as that was asked for.
     */
    int older() {
        SealingCertificate current = certificate;
        return current == null
                ? 0
                : (int)
                        keptFor.stream()
                                .filter(sealed -> !sealed.equals(current.fingerprint()))
                                .count();
    }

    private SecretManifest secret(Path source, Manifest document) throws FolderException {
        if (!document.kind().equals("Secret")) {
            throw new FolderException(
                    "%s holds a %s; only Secrets belong there"
                            .formatted(
                                    source,
                                    document.kind().isEmpty()
                                            ? "document without a kind"
                                            : document.kind()));
        }
        SecretManifest secret;
        try {
            secret = SecretManifest.of(document);
        } catch (ManifestException e) {
            throw new FolderException("%s: %s".formatted(source, e.getMessage()));
        }
        if (secret.name().isEmpty()) {
            throw new FolderException("%s holds a Secret without metadata.name".formatted(source));
        }
        if (secret.values().isEmpty()) {
            throw new FolderException(
                    "%s: Secret %s has no value".formatted(source, secret.name()));
        }
        boolean clusterWide = Scope.of(secret.annotations()) == Scope.CLUSTER_WIDE;
        return secret.namespace().isEmpty() && !clusterWide ? secret.in(means.namespace()) : secret;
    }

    private SealedManifest seal(
            SecretManifest secret, Map<String, SealedManifest> before, Tally tally)
            throws FolderException, InterruptedException {
        Scope scope = Scope.of(secret.annotations());
        Optional<SealedManifest> old =
                Optional.ofNullable(before.get(id(secret.namespace(), secret.name())));
        Map<String, String> items = new HashMap<>();
        for (Map.Entry<String, SecretValue> value : secret.values().entrySet()) {
            var place =
                    new SealMemory.Place(scope, secret.namespace(), secret.name(), value.getKey());
            String there = old.map(o -> o.items().path(value.getKey()).asText("")).orElse("");
            Optional<String> sealedFor =
                    reseal || there.isEmpty()
                            ? Optional.empty()
                            : memory.sealedFor(place, value.getValue(), there);
            if (sealedFor.isPresent()) {
                tally.kept++;
                keptFor.add(sealedFor.get());
                memory.keep(place, value.getValue(), there, sealedFor.get());
                items.put(value.getKey(), there);
            } else {
                SealingCertificate with = certificate();
                String item =
                        with.seal(
                                value.getValue(),
                                scope.label(secret.namespace(), secret.name()),
                                random);
                memory.keep(place, value.getValue(), item, with.fingerprint());
                tally.sealed.add(secret.name() + "/" + value.getKey());
                items.put(value.getKey(), item);
            }
        }
        old.ifPresent(o ->
                o.items()
                        .fieldNames()
                        .forEachRemaining(key -> {
                            if (!items.containsKey(key)) {
                                tally.removed.add(secret.name() + "/" + key);
                            }
                        }));
        SealedManifest sealed =
                SecretSealer.assemble(secret, (key, value) -> items.getOrDefault(key, ""));
        old.ifPresent(o -> keepOwnMetadata(o.tree(), sealed.tree()));
        return sealed;
    }

    private SealingCertificate certificate() throws FolderException, InterruptedException {
        if (certificate == null) {
            certificate = means.certificate();
        }
        return certificate;
    }

    /** Labels and annotations that somebody gave the SealedSecret itself. */
    private static void keepOwnMetadata(ObjectNode from, ObjectNode to) {
        for (String field : List.of("labels", "annotations")) {
            for (var entry : from.path("metadata").path(field).properties()) {
                if (!SCOPES.contains(entry.getKey())) {
                    to.withObjectProperty("metadata")
                            .withObjectProperty(field)
                            .set(entry.getKey(), entry.getValue());
                }
            }
        }
    }

    private static Map<String, SealedManifest> before(Path target) throws IOException {
        Map<String, SealedManifest> before = new HashMap<>();
        if (Files.exists(target)) {
            for (Manifest document : ManifestReader.read(Files.readAllBytes(target)).documents()) {
                try {
                    SealedManifest sealed = SealedManifest.of(document);
                    before.put(id(sealed.namespace(), sealed.name()), sealed);
                } catch (ManifestException e) {
                    // Written anew.
                }
            }
        }
        return before;
    }

    private static List<JsonNode> trees(Path target) throws IOException {
        return Files.exists(target)
                ? ManifestReader.read(Files.readAllBytes(target)).documents().stream()
                        .map(Manifest::tree)
                        .toList()
                : List.of();
    }

    /** The path of a text with an expression of Helm; empty for none. */
    private static String templated(String path, JsonNode node) {
        if (node.isTextual() && node.textValue().contains("{{")) {
            return path;
        }
        for (var field : node.properties()) {
            String below = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            String found =
                    field.getKey().contains("{{") ? below : templated(below, field.getValue());
            if (!found.isEmpty()) {
                return found;
            }
        }
        if (node.isArray()) {
            for (JsonNode element : node) {
                String found = templated(path, element);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    private static String id(String namespace, String name) {
        return namespace + "/" + name;
    }
}

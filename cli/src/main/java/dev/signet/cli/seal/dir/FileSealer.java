package dev.signet.cli.seal.dir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.cli.manifest.Manifest;
import dev.signet.cli.manifest.ManifestException;
import dev.signet.cli.manifest.ManifestFormat;
import dev.signet.cli.manifest.ManifestWriter;
import dev.signet.cli.manifest.SealedManifest;
import dev.signet.cli.manifest.SecretManifest;
import dev.signet.cli.seal.SecretSealer;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.Scope;
import dev.signet.sealed.SealingCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
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
    private final List<String> notes = new ArrayList<>();
    private @Nullable SealingCertificate certificate;

    FileSealer(Means means, SealMemory memory, boolean reseal) {
        this.means = means;
        this.memory = memory;
        this.reseal = reseal;
    }

    /** What the command line says, and what is asked for only where it is needed. */
    public interface Means {

        /** What values are sealed with; it may need a cluster. */
        SealingCertificate certificate() throws FolderException, InterruptedException;

        /** The same, where it can be had within moments. */
        Optional<SealingCertificate> certificateAtHand() throws InterruptedException;

        /** The namespace of Secrets for which none is told anywhere. */
        String namespace() throws FolderException;

        /** The namespace that all Secrets have to have; empty for any. */
        String demandedNamespace();

        /** The scope of all Secrets; strict where their annotations tell it. */
        Scope scope();
    }

    /**
     * The text of a sealed file, and what was done for it.
     *
     * @param ids of its SealedSecrets
     */
    record Sealed(Path source, String text, List<String> ids, Outcome outcome) {}

    private static final class Tally {
        private final List<String> sealed = new ArrayList<>();
        private final List<String> removed = new ArrayList<>();
        private int kept;
    }

    /** Seals a file. Nothing is written. */
    Sealed seal(Path source, Path target)
            throws IOException, FolderException, InterruptedException {
        Former former = Former.read(target);
        Tally tally = new Tally();
        StringBuilder text = new StringBuilder();
        List<JsonNode> trees = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        Set<String> followed = new HashSet<>();
        for (Manifest document : FolderSealer.documents(source)) {
            SecretManifest secret = secret(source, document, former);
            try {
                Optional<SealedManifest> old = former.of(secret.namespace(), secret.name());
                old.map(Former::id).ifPresent(followed::add);
                SealedManifest sealed = seal(secret, old, tally);
                String helm = HelmExpressions.first(sealed.tree());
                if (!helm.isEmpty()) {
                    throw new FolderException(
                            "%s: %s of Secret %s holds {{, which Helm would take for an expression; the sealed file would not be what you mean"
                                    .formatted(source, helm, secret.name()));
                }
                ids.add(Former.id(sealed));
                trees.add(sealed.tree());
                text.append(ManifestWriter.text(sealed.tree(), ManifestFormat.YAML));
            } finally {
                secret.wipe();
            }
        }
        if (trees.isEmpty()) {
            throw new FolderException("%s holds no Secret".formatted(source));
        }
        for (SealedManifest gone : former.objects()) {
            if (!followed.contains(Former.id(gone))) {
                tally.removed.add(removed(gone, source, target));
            }
        }
        memory.keep(String.valueOf(target.getFileName()), ids);
        boolean written = !trees.equals(former.trees());
        if (written && former.hasComments()) {
            notes.add("%s is written anew, without its comments".formatted(target));
        }
        return new Sealed(
                source,
                text.toString(),
                ids,
                new Outcome(target, written, tally.sealed, tally.kept, tally.removed));
    }

    // What was not made here cannot be made again by who removes it.
    private String removed(SealedManifest gone, Path source, Path target) throws FolderException {
        if (!memory.made(Former.id(gone))) {
            throw new FolderException(
                    "%s holds SealedSecret %s, which %s does not hold: move it to a file of its own, or take it out"
                            .formatted(target, Former.id(gone), source));
        }
        return gone.name();
    }

    /** What else there is to say. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * How many values stayed that were sealed with another certificate than the one in use, as far
     * as that can be told.
     */
    int older() throws InterruptedException {
        if (keptFor.isEmpty()) {
            return 0;
        }
        Optional<SealingCertificate> current =
                certificate == null ? means.certificateAtHand() : Optional.of(certificate);
        return current.map(used ->
                        (int)
                                keptFor.stream()
                                        .filter(sealed -> !sealed.equals(used.fingerprint()))
                                        .count())
                .orElse(0);
    }

    private SecretManifest secret(Path source, Manifest document, Former former)
            throws FolderException {
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
        if (!secret.retyped().isEmpty()) {
            throw new FolderException(
                    "%s: stringData.%s of Secret %s is a number or boolean: put it in quotes, so that it is sealed as it is written"
                            .formatted(source, secret.retyped().getFirst(), secret.name()));
        }
        return placed(
                source,
                means.scope() == Scope.STRICT ? secret : secret.scoped(means.scope()),
                former);
    }

    private SecretManifest placed(Path source, SecretManifest secret, Former former)
            throws FolderException {
        if (Scope.of(secret.annotations()) == Scope.CLUSTER_WIDE) {
            return secret;
        }
        String own = secret.namespace();
        String demanded = means.demandedNamespace();
        if (!own.isEmpty()) {
            if (!demanded.isEmpty() && !demanded.equals(own)) {
                throw new FolderException(
                        "%s: namespace mismatch: Secret %s is in namespace %s but %s was specified"
                                .formatted(source, secret.name(), own, demanded));
            }
            return secret;
        }
        if (!demanded.isEmpty()) {
            return secret.in(demanded);
        }
        // The context of kubectl changes; what a Secret belongs to does not.
        String before = former.namespaceOf(secret.name());
        if (!before.isEmpty()) {
            return secret.in(before);
        }
        String assumed = means.namespace();
        notes.add(
                "%s: Secret %s names no namespace: sealed for namespace %s"
                        .formatted(source, secret.name(), assumed));
        return secret.in(assumed);
    }

    private SealedManifest seal(SecretManifest secret, Optional<SealedManifest> old, Tally tally)
            throws FolderException, InterruptedException {
        Scope scope = Scope.of(secret.annotations());
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
        old.ifPresent(o -> keepOwn(o.tree(), sealed.tree()));
        return sealed;
    }

    private SealingCertificate certificate() throws FolderException, InterruptedException {
        if (certificate == null) {
            certificate = means.certificate();
        }
        return certificate;
    }

    /** What somebody gave the SealedSecret itself: labels, annotations, and templates of values. */
    private static void keepOwn(ObjectNode from, ObjectNode to) {
        for (String field : List.of("labels", "annotations")) {
            for (var entry : from.path("metadata").path(field).properties()) {
                if (!SCOPES.contains(entry.getKey())) {
                    to.withObjectProperty("metadata")
                            .withObjectProperty(field)
                            .set(entry.getKey(), entry.getValue());
                }
            }
        }
        for (String field : List.of("finalizers", "ownerReferences")) {
            JsonNode own = from.path("metadata").path(field);
            if (!own.isEmpty()) {
                to.withObjectProperty("metadata").set(field, own);
            }
        }
        JsonNode templates = from.path("spec").path("template").path("data");
        if (!templates.isEmpty()) {
            to.withObjectProperty("spec").withObjectProperty("template").set("data", templates);
        }
    }
}

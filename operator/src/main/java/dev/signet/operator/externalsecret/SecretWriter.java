package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecret;
import dev.signet.api.ExternalSecretTarget;
import dev.signet.operator.externalsecret.rules.ActualTarget;
import dev.signet.operator.externalsecret.rules.DesiredTarget;
import dev.signet.operator.externalsecret.rules.FallbackMark;
import dev.signet.operator.externalsecret.rules.FieldManagers;
import dev.signet.operator.externalsecret.rules.GoHash;
import dev.signet.operator.externalsecret.rules.Marks;
import dev.signet.operator.externalsecret.rules.OwnedKeys;
import dev.signet.operator.externalsecret.rules.TargetMerge;
import dev.signet.operator.externalsecret.rules.TargetMetadata;
import dev.signet.operator.kube.KubernetesErrors;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings the target to what it should be, with as few calls as that takes: none when the stub shows
 * that nothing differs, one for a new Secret, two for a changed one.
 */
final class SecretWriter {

    private static final int TRIES = 5;

    private final SecretApi api;
    private final Consumer<Secret> onCreated;

    /**
     * @param onCreated is given each Secret that was made
     */
    SecretWriter(SecretApi api, Consumer<Secret> onCreated) {
        this.api = api;
        this.onCreated = onCreated;
    }

    /**
     * Writes the target.
     *
     * @param wanted the data from the backend
     * @param stub what the watch last saw of it
     * @param sameSource whether the ExternalSecret is as it was at the last sync, so that no label
     *     or annotation of an earlier one needs to go
     * @param substitutes which fallbacks gave some of the data; what came from the stores
     *     themselves is not overwritten then, unless they may
     */
    WriteResult write(
            ExternalSecret es,
            Map<String, byte[]> wanted,
            Optional<Secret> stub,
            boolean sameSource,
            List<Substitute> substitutes)
            throws SyncException {
        ExternalSecretTarget target = es.getSpec().target();
        String policy = target.creationPolicy();
        if (policy.equals(ExternalSecretTarget.NONE)) {
            return WriteResult.NOT_WRITTEN;
        }
        try {
            if (sameSource && stub.isPresent() && isUpToDate(es, wanted, stub.get(), substitutes)) {
                return WriteResult.UNCHANGED;
            }
            boolean creates = !policy.equals(ExternalSecretTarget.MERGE);
            boolean known = stub.isPresent();
            for (int i = 0; i < TRIES; i++) {
                if (creates && !known && create(es, wanted, substitutes)) {
                    return WriteResult.CREATED;
                }
                Optional<Secret> actual = api.get(namespace(es), Targets.nameOf(es));
                if (actual.isEmpty() && !creates) {
                    return WriteResult.ABSENT;
                }
                known = actual.isPresent();
                if (known) {
                    Optional<WriteResult> result = update(es, wanted, actual.get(), substitutes);
                    if (result.isPresent()) {
                        return result.get();
                    }
                }
            }
            throw SyncException.passing(
                    SyncException.WRITE,
                    "Secret %s is being changed by somebody else all the time"
                            .formatted(Targets.nameOf(es)));
        } catch (KubernetesClientException e) {
            throw SyncException.passing(
                    SyncException.WRITE,
                    "Secret %s: %s".formatted(Targets.nameOf(es), KubernetesErrors.text(e)));
        }
    }

    private boolean create(
            ExternalSecret es, Map<String, byte[]> wanted, List<Substitute> substitutes)
            throws SyncException {
        Secret fresh =
                new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace(es))
                        .withName(Targets.nameOf(es))
                        .endMetadata()
                        .build();
        DesiredTarget desired = desired(es, wanted, null, substitutes);
        apply(desired, references(es, fresh), fresh);
        if (!api.create(fresh, fieldManager(es))) {
            return false;
        }
        onCreated.accept(fresh);
        return true;
    }

    /** Empty when somebody else was faster. */
    private Optional<WriteResult> update(
            ExternalSecret es,
            Map<String, byte[]> wanted,
            Secret secret,
            List<Substitute> substitutes)
            throws SyncException {
        List<OwnerReference> references = references(es, secret);
        ActualTarget actual = actual(secret, ownedKeys(secret, fieldManager(es)));
        checkMayReplace(es, actual, substitutes);
        DesiredTarget desired = desired(es, wanted, actual, substitutes);
        if (desired.heldBack() && !substitutes.isEmpty()) {
            throw SyncException.passing(
                    SyncException.WRITE,
                    "Secret %s is immutable, and holds other values than the fallback %s"
                            .formatted(Targets.nameOf(es), substitutes.getFirst().fallback()));
        }
        if (!desired.differsFrom(actual) && references.equals(referencesOf(secret))) {
            return Optional.of(WriteResult.UNCHANGED);
        }
        apply(desired, references, secret);
        return api.replace(secret, fieldManager(es))
                ? Optional.of(WriteResult.UPDATED)
                : Optional.empty();
    }

    private static DesiredTarget desired(
            ExternalSecret es,
            Map<String, byte[]> wanted,
            @Nullable ActualTarget actual,
            List<Substitute> substitutes) {
        return FallbackMark.apply(
                TargetMerge.merge(source(es), es.getSpec().target(), wanted, actual),
                actual,
                es.getMetadata().getName(),
                Targets.isWhole(es),
                substitutes.stream().map(Substitute::mark).collect(Collectors.joining("+")));
    }

    /** What was written there before and is not marked came from the stores themselves. */
    private static void checkMayReplace(
            ExternalSecret es, ActualTarget actual, List<Substitute> substitutes)
            throws SyncException {
        boolean whole = Targets.isWhole(es);
        boolean written =
                !actual.owned().data().isEmpty()
                        || (whole
                                && Marks.MANAGED_VALUE.equals(
                                        actual.labels().get(Marks.MANAGED_LABEL)));
        if (!written
                || FallbackMark.in(actual.annotations()).isOf(es.getMetadata().getName(), whole)) {
            return;
        }
        for (Substitute substitute : substitutes) {
            if (!substitute.replaces()) {
                throw substitute.kept(Targets.nameOf(es));
            }
        }
    }

    private static boolean isUpToDate(
            ExternalSecret es,
            Map<String, byte[]> wanted,
            Secret stub,
            List<Substitute> substitutes)
            throws SyncException {
        if (!Targets.isWhole(es) || !TargetStub.actualHash(stub).equals(GoHash.data(wanted))) {
            return false;
        }
        // The hashes agree, so the stub stands for a Secret that holds exactly the wanted data.
        ActualTarget actual =
                new ActualTarget(
                        wanted,
                        labels(stub),
                        TargetStub.realAnnotations(stub),
                        Objects.requireNonNullElse(stub.getType(), ""),
                        Boolean.TRUE.equals(stub.getImmutable()),
                        OwnedKeys.NONE);
        DesiredTarget desired = desired(es, wanted, actual, substitutes);
        return !desired.differsFrom(actual) && references(es, stub).equals(referencesOf(stub));
    }

    private static void apply(
            DesiredTarget desired, List<OwnerReference> references, Secret secret) {
        SortedMap<String, String> encoded = new TreeMap<>();
        desired.data()
                .forEach((key, value) ->
                        encoded.put(key, Base64.getEncoder().encodeToString(value)));
        secret.setData(encoded);
        secret.setType(desired.type());
        if (desired.immutable()) {
            secret.setImmutable(true);
        }
        var meta = secret.getMetadata();
        meta.setLabels(desired.labels());
        meta.setAnnotations(desired.annotations());
        meta.setOwnerReferences(references);
        meta.setManagedFields(null);
    }

    private static ActualTarget actual(Secret secret, OwnedKeys owned) {
        return new ActualTarget(
                TargetStub.decode(secret.getData()),
                labels(secret),
                TargetStub.realAnnotations(secret),
                Objects.requireNonNullElse(secret.getType(), ""),
                Boolean.TRUE.equals(secret.getImmutable()),
                owned);
    }

    private static OwnedKeys ownedKeys(Secret secret, String fieldManager) {
        List<ManagedFieldsEntry> entries = secret.getMetadata().getManagedFields();
        if (entries == null) {
            return OwnedKeys.NONE;
        }
        return OwnedKeys.of(
                entries.stream()
                        .filter(entry -> fieldManager.equals(entry.getManager()))
                        .filter(entry -> entry.getFieldsV1() != null)
                        .map(entry -> entry.getFieldsV1().getAdditionalProperties())
                        .toList());
    }

    private static List<OwnerReference> references(ExternalSecret es, Secret secret)
            throws SyncException {
        boolean own = es.getSpec().target().creationPolicy().equals(ExternalSecretTarget.OWNER);
        return Ownership.references(secret, es, own);
    }

    private static List<OwnerReference> referencesOf(Secret secret) {
        List<OwnerReference> references = secret.getMetadata().getOwnerReferences();
        return references == null ? List.of() : references;
    }

    private static TargetMetadata source(ExternalSecret es) {
        var meta = es.getMetadata();
        return new TargetMetadata(
                namespace(es),
                meta.getName(),
                meta.getLabels() == null ? Map.of() : meta.getLabels(),
                meta.getAnnotations() == null ? Map.of() : meta.getAnnotations());
    }

    private static Map<String, String> labels(Secret secret) {
        Map<String, String> labels = secret.getMetadata().getLabels();
        return labels == null ? Map.of() : new HashMap<>(labels);
    }

    private static String fieldManager(ExternalSecret es) {
        return FieldManagers.of(es.getMetadata().getName());
    }

    private static String namespace(ExternalSecret es) {
        return es.getMetadata().getNamespace();
    }
}

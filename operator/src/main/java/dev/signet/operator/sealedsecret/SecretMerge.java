package dev.signet.operator.sealedsecret;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says how a Secret that exists is to be changed. Pure.
 *
 * <p>When its SealedSecret has changed, all of it is replaced, as Bitnami's controller does. When
 * only the Secret has, labels, annotations and owners that others have put on it stay: two that
 * want different ones would else change it for ever.
 */
final class SecretMerge {

    private static final String OPAQUE = "Opaque";

    /** Kubernetes itself puts these values into a Secret of this type, and makes them anew. */
    private static final String TOKEN_TYPE = "kubernetes.io/service-account-token";

    private static final List<String> TOKEN_KEYS = List.of("token", "ca.crt", "namespace");

    private SecretMerge() {}

    /** The Secret as it can be sent to an API server that has none of its name. */
    static Secret fresh(Secret wanted) {
        ObjectMeta meta =
                new ObjectMetaBuilder(wanted.getMetadata())
                        .withUid(null)
                        .withResourceVersion(null)
                        .withSelfLink(null)
                        .withGeneration(null)
                        .withCreationTimestamp(null)
                        .withDeletionTimestamp(null)
                        .withDeletionGracePeriodSeconds(null)
                        .withManagedFields(List.of())
                        .build();
        Map<String, String> data = new TreeMap<>(map(wanted.getData()));
        // Only a Secret that was sealed whole has these; the API server would join them the same
        // way.
        map(wanted.getStringData())
                .forEach((key, value) ->
                        data.put(key, Base64.getEncoder().encodeToString(utf8(value))));
        return new SecretBuilder()
                .withMetadata(meta)
                .withType(type(wanted))
                .withImmutable(Boolean.TRUE.equals(wanted.getImmutable()) ? true : null)
                .withData(data)
                .build();
    }

    /**
     * What to do about the Secret that is there.
     *
     * @param wanted a {@link #fresh} one
     * @param whole whether what others put on it goes
     */
    static Step decide(Secret actual, Secret wanted, Claim claim, boolean whole) {
        Secret next =
                switch (claim) {
                    case FOREIGN -> null;
                    case OWNED -> replaced(actual, wanted, whole);
                    case TAKEN -> replaced(actual, wanted, true);
                    case PATCHED -> patched(actual, wanted, false);
                    case PATCHED_AND_OWNED -> patched(actual, wanted, true);
                };
        String name = actual.getMetadata().getName();
        if (next == null) {
            return new Step.Refuse(
                    true,
                    "Resource \"%s\" already exists and is not managed by SealedSecret"
                            .formatted(name));
        }
        if (!type(actual).equals(type(next))) {
            return new Step.Refuse(
                    false,
                    "Secret \"%s\" is invalid: type: Invalid value: \"%s\": field is immutable; delete the Secret, and it is made again with this type"
                            .formatted(name, type(next)));
        }
        boolean sameData = sameData(actual, next);
        if (!sameData && Boolean.TRUE.equals(actual.getImmutable())) {
            return new Step.Refuse(
                    false,
                    "the target Secret is immutable; delete Secret \"%s\", and it is made again with the new values"
                            .formatted(name));
        }
        return sameData && sameRest(actual, next) ? new Step.Keep() : new Step.Replace(next);
    }

    private static Secret replaced(Secret actual, Secret wanted, boolean whole) {
        ObjectMeta wants = wanted.getMetadata();
        ObjectMeta has = actual.getMetadata();
        return with(
                actual,
                wanted,
                whole
                        ? new ObjectMetaBuilder(has)
                                .withLabels(map(wants.getLabels()))
                                .withAnnotations(map(wants.getAnnotations()))
                                .withOwnerReferences(owners(wants))
                                .build()
                        : new ObjectMetaBuilder(has)
                                .withLabels(joined(has.getLabels(), wants.getLabels()))
                                .withAnnotations(
                                        joined(has.getAnnotations(), wants.getAnnotations()))
                                .withOwnerReferences(joinedOwners(has, wants))
                                .build(),
                type(wanted),
                filled(actual, wanted));
    }

    /** The values that are wanted, and those that Kubernetes has put into a Secret of the type. */
    private static Map<String, String> filled(Secret actual, Secret wanted) {
        if (!type(wanted).equals(TOKEN_TYPE) || !type(actual).equals(TOKEN_TYPE)) {
            return map(wanted.getData());
        }
        Map<String, String> all = new TreeMap<>(map(actual.getData()));
        all.keySet().retainAll(TOKEN_KEYS);
        all.putAll(map(wanted.getData()));
        return all;
    }

    private static Secret patched(Secret actual, Secret wanted, boolean own) {
        ObjectMeta wants = wanted.getMetadata();
        ObjectMeta has = actual.getMetadata();
        return with(
                actual,
                wanted,
                new ObjectMetaBuilder(has)
                        .withLabels(joined(has.getLabels(), wants.getLabels()))
                        .withAnnotations(joined(has.getAnnotations(), wants.getAnnotations()))
                        .withOwnerReferences(own ? owners(wants) : owners(has))
                        .build(),
                type(actual),
                joined(actual.getData(), wanted.getData()));
    }

    private static Secret with(
            Secret actual, Secret wanted, ObjectMeta meta, String type, Map<String, String> data) {
        meta.setManagedFields(List.of());
        boolean immutable =
                Boolean.TRUE.equals(actual.getImmutable())
                        || Boolean.TRUE.equals(wanted.getImmutable());
        return new SecretBuilder()
                .withMetadata(meta)
                .withType(type)
                // It cannot be taken back, so one that is set stays.
                .withImmutable(immutable ? Boolean.TRUE : actual.getImmutable())
                .withData(data)
                .build();
    }

    private static boolean sameRest(Secret actual, Secret next) {
        ObjectMeta has = actual.getMetadata();
        ObjectMeta gets = next.getMetadata();
        return Objects.equals(actual.getImmutable(), next.getImmutable())
                && map(has.getLabels()).equals(map(gets.getLabels()))
                && map(has.getAnnotations()).equals(map(gets.getAnnotations()))
                && owners(has).equals(owners(gets));
    }

    /** In a time that tells nothing of where two values differ. */
    private static boolean sameData(Secret actual, Secret next) {
        Map<String, String> has = map(actual.getData());
        Map<String, String> gets = map(next.getData());
        if (!has.keySet().equals(gets.keySet())) {
            return false;
        }
        boolean same = true;
        for (Map.Entry<String, String> entry : gets.entrySet()) {
            same &= MessageDigest.isEqual(bytes(entry.getValue()), bytes(has.get(entry.getKey())));
        }
        return same;
    }

    /** Null is an empty text to the API server. */
    private static byte[] utf8(@Nullable String text) {
        return (text == null ? "" : text).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(@Nullable String base64) {
        return (base64 == null ? "" : base64).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Ours, and those of others that are no controllers. */
    private static List<OwnerReference> joinedOwners(ObjectMeta has, ObjectMeta wants) {
        List<OwnerReference> ours = owners(wants);
        if (owners(has).containsAll(ours) && !ours.isEmpty()) {
            return owners(has);
        }
        List<OwnerReference> all = new ArrayList<>(ours);
        owners(has).stream()
                .filter(owner -> !Boolean.TRUE.equals(owner.getController()))
                .filter(owner ->
                        ours.stream()
                                .noneMatch(own -> Objects.equals(own.getUid(), owner.getUid())))
                .forEach(all::add);
        return all;
    }

    private static List<OwnerReference> owners(ObjectMeta meta) {
        @Nullable List<OwnerReference> owners = meta.getOwnerReferences();
        return owners == null ? List.of() : owners;
    }

    private static Map<String, String> joined(
            @Nullable Map<String, String> first, @Nullable Map<String, String> stronger) {
        Map<String, String> all = new TreeMap<>(map(first));
        all.putAll(map(stronger));
        return all;
    }

    private static Map<String, String> map(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }

    private static String type(Secret secret) {
        @Nullable String type = secret.getType();
        return type == null || type.isEmpty() ? OPAQUE : type;
    }
}

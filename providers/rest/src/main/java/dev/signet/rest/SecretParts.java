package dev.signet.rest;

import dev.signet.gjson.GJson;
import dev.signet.gjson.PathLimitException;
import dev.signet.gjson.Result;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Found;
import dev.signet.provider.ReadOutcome.Invalid;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a reference picks from a Secret, as the Kubernetes provider of External Secrets does. Pure.
 */
public final class SecretParts {

    private static final String LABELS = "labels";
    private static final String ANNOTATIONS = "annotations";
    private static final Json JSON = new Json(400, 200_000, 4 << 20);

    private SecretParts() {}

    /** The value that {@code data[]} asks for. */
    public static ReadOutcome<SecretValue> value(SecretObject secret, RemoteRef ref) {
        Optional<SecretValue> found;
        try {
            found =
                    ref.metadata()
                            ? metadata(secret, ref.property())
                            : data(secret, ref.property());
        } catch (PathLimitException e) {
            return new Invalid<>(
                    "property '%s' of %s '%s' takes too long to find"
                            .formatted(ref.property(), secret.kind(), ref.key()));
        }
        return found.<ReadOutcome<SecretValue>>map(Found::new)
                .orElseGet(() ->
                        new Invalid<>(
                                "%s '%s' has no property '%s'%s"
                                        .formatted(
                                                secret.kind(),
                                                ref.key(),
                                                ref.property(),
                                                ref.metadata() ? " in its metadata" : "")));
    }

    /** The keys and values that {@code extract} asks for. */
    public static ReadOutcome<Map<String, SecretValue>> extract(
            SecretObject secret, RemoteRef ref) {
        if (!ref.property().isEmpty()) {
            return value(secret, ref) instanceof Found<SecretValue>(SecretValue json)
                    ? members(secret.kind(), json, ref)
                    : value(secret, ref).withoutValue();
        }
        return new Found<>(
                ref.metadata()
                        ? Map.of(
                                LABELS,
                                SecretValue.ofUtf8(PlainJson.marshal((Object) secret.labels())),
                                ANNOTATIONS,
                                SecretValue.ofUtf8(
                                        PlainJson.marshal((Object) secret.annotations())))
                        : secret.data());
    }

    /** All data of a Secret as one JSON object. */
    public static SecretValue whole(SecretObject secret) {
        return SecretValue.ofUtf8(PlainJson.marshal(secret.data()));
    }

    /** A key, or else a key and behind its dot a path into its value. */
    private static Optional<SecretValue> data(SecretObject secret, String property) {
        if (property.isEmpty()) {
            return Optional.of(whole(secret));
        }
        SecretValue exact = secret.data().get(property);
        if (exact != null) {
            return Optional.of(exact);
        }
        int dot = property.indexOf('.');
        SecretValue json = dot <= 0 ? null : secret.data().get(property.substring(0, dot));
        return json == null || dot == property.length() - 1
                ? Optional.empty()
                : picked(json.bytes(), property.substring(dot + 1));
    }

    /** {@code labels}, {@code labels.NAME} or {@code labels.NAME.PATH}; so for annotations. */
    private static Optional<SecretValue> metadata(SecretObject secret, String property) {
        if (property.isEmpty()) {
            Map<String, @Nullable Object> all = new TreeMap<>();
            all.put(LABELS, secret.labels());
            all.put(ANNOTATIONS, secret.annotations());
            return text(PlainJson.marshal(all));
        }
        String kind = property.split("\\.", 2)[0];
        if (!kind.equals(LABELS) && !kind.equals(ANNOTATIONS)) {
            return Optional.empty();
        }
        Map<String, String> entries = kind.equals(LABELS) ? secret.labels() : secret.annotations();
        if (property.equals(kind)) {
            return text(PlainJson.marshal((Object) entries));
        }
        String name = property.substring(kind.length() + 1);
        if (entries == null || entries.containsKey(name)) {
            return Optional.ofNullable(entries == null ? null : entries.get(name))
                    .map(SecretValue::ofUtf8);
        }
        int dot = name.indexOf('.');
        String json = dot < 0 ? null : entries.get(name.substring(0, dot));
        return json == null
                ? Optional.empty()
                : picked(SecretValue.ofUtf8(json).bytes(), name.substring(dot + 1));
    }

    private static Optional<SecretValue> picked(byte[] json, String path) {
        Result result = GJson.get(json, path);
        return result.exists() ? Optional.of(SecretValue.of(result.bytes())) : Optional.empty();
    }

    private static Optional<SecretValue> text(String text) {
        return Optional.of(SecretValue.ofUtf8(text));
    }

    /** Each member as JSON: a string keeps its quotes, as it does in External Secrets. */
    private static ReadOutcome<Map<String, SecretValue>> members(
            String kind, SecretValue json, RemoteRef ref) {
        Object tree = "";
        try {
            tree = JSON.parse(json.bytes());
        } catch (IOException e) {
            // The parser's message may quote the value.
        }
        if (tree != null && !(tree instanceof Map<?, ?>)) {
            return new Invalid<>(
                    "property '%s' of %s '%s' is no JSON object to extract keys from"
                            .formatted(ref.property(), kind, ref.key()));
        }
        Map<String, SecretValue> members = new LinkedHashMap<>();
        JsonObject.of(tree)
                .members()
                .forEach((key, value) ->
                        members.put(key, SecretValue.ofUtf8(PlainJson.marshal(withFloats(value)))));
        return new Found<>(members);
    }

    /** Go reads all numbers as float64. */
    private static @Nullable Object withFloats(@Nullable Object value) {
        return switch (value) {
            case JsonNumber number -> number.doubleValue();
            case List<?> items -> {
                List<@Nullable Object> copy = new ArrayList<>();
                items.forEach(item -> copy.add(withFloats(item)));
                yield copy;
            }
            case Map<?, ?> fields -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                fields.forEach((key, item) -> copy.put((String) key, withFloats(item)));
                yield copy;
            }
            case null, default -> value;
        };
    }
}

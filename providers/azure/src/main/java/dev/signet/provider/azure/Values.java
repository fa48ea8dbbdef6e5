package dev.signet.provider.azure;

import dev.signet.gjson.GJson;
import dev.signet.gjson.GoJson;
import dev.signet.gjson.InvalidJsonException;
import dev.signet.gjson.PathLimitException;
import dev.signet.gjson.Result;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a reference picks from what a vault holds, as External Secrets does it. Pure. */
final class Values {

    private Values() {}

    /** The value, its property, or the metadata that the reference asks for. */
    static ReadOutcome<SecretValue> value(Content content, RemoteRef ref) {
        if (ref.metadata()) {
            return metadata(content.metadata(), ref);
        }
        // A certificate in DER has no properties: External Secrets gives all of it.
        return ref.property().isEmpty() || content.object().kind() == RemoteObject.Kind.CERTIFICATE
                ? new ReadOutcome.Found<>(content.value())
                : property(content.value().bytes(), ref.property(), ref);
    }

    /** The members of the JSON object that the value, or its property, is; or the metadata. */
    static ReadOutcome<Map<String, SecretValue>> extract(Content content, RemoteRef ref) {
        if (content.object().kind() != RemoteObject.Kind.SECRET) {
            return new ReadOutcome.Invalid<>(
                    "keys and values can be extracted from secrets alone, and '%s' is a %s"
                            .formatted(ref.key(), content.object().kind().noun()));
        }
        return switch (value(content, ref)) {
            case ReadOutcome.Found<SecretValue>(SecretValue found) ->
                    ref.metadata()
                            ? new ReadOutcome.Found<>(named(content, ref, found))
                            : members(found, ref);
            case ReadOutcome<SecretValue> other -> other.withoutValue();
        };
    }

    /** A gjson path comes before a key with dots in it. */
    private static ReadOutcome<SecretValue> property(byte[] json, String path, RemoteRef ref) {
        try {
            Result found = GJson.get(json, path);
            if (!found.exists() && path.indexOf('.') >= 0) {
                found = GJson.get(json, path.replace(".", "\\."));
            }
            return found.exists()
                    ? new ReadOutcome.Found<>(SecretValue.of(found.bytes()))
                    : new ReadOutcome.Invalid<>(
                            "'%s' has no property '%s'".formatted(ref.key(), ref.property()));
        } catch (PathLimitException e) {
            return new ReadOutcome.Invalid<>(
                    "property '%s' of '%s' takes too long to find"
                            .formatted(ref.property(), ref.key()));
        }
    }

    private static ReadOutcome<SecretValue> metadata(Map<String, String> tags, RemoteRef ref) {
        String property = ref.property();
        if (property.isEmpty()) {
            return found(GoJson.marshal(tags));
        }
        String exact = tags.get(property);
        if (exact != null) {
            return found(exact);
        }
        int dot = property.indexOf('.');
        String json = dot > 0 ? tags.get(property.substring(0, dot)) : null;
        return json == null
                ? new ReadOutcome.Invalid<>("'%s' has no tag '%s'".formatted(ref.key(), property))
                : property(SecretValue.ofUtf8(json).bytes(), property.substring(dot + 1), ref);
    }

    private static ReadOutcome<Map<String, SecretValue>> members(SecretValue json, RemoteRef ref) {
        try {
            Map<String, SecretValue> members = new LinkedHashMap<>();
            GoJson.members(json.utf8())
                    .forEach((key, raw) -> members.put(key, SecretValue.ofUtf8(text(raw))));
            return new ReadOutcome.Found<>(members);
        } catch (InvalidJsonException e) {
            // The parser's message may quote the value.
            return new ReadOutcome.Invalid<>(
                    (ref.property().isEmpty()
                                    ? "'%1$s' holds no JSON object to extract keys from"
                                    : "property '%2$s' of '%1$s' is no JSON object to extract keys from")
                            .formatted(ref.key(), ref.property()));
        }
    }

    private static String text(String raw) {
        return raw.equals("null") ? "" : GoJson.unquote(raw).orElse(raw);
    }

    /** Metadata to extract has the object's name in front; a tag that holds JSON is taken apart. */
    private static Map<String, SecretValue> named(
            Content content, RemoteRef ref, SecretValue found) {
        Map<String, SecretValue> named = new LinkedHashMap<>();
        if (!ref.property().isEmpty()) {
            named.put(ref.key() + "_" + ref.property(), found);
            return named;
        }
        content.metadata()
                .forEach((tag, value) -> {
                    String name = content.object().name() + "_" + tag;
                    strings(value)
                            .ifPresentOrElse(
                                    inner ->
                                            inner.forEach((key, text) ->
                                                    named.put(
                                                            name + "_" + key,
                                                            SecretValue.ofUtf8(text))),
                                    () -> named.put(name, SecretValue.ofUtf8(value)));
                });
        return named;
    }

    private static Optional<Map<String, String>> strings(String json) {
        try {
            Map<String, String> strings = new LinkedHashMap<>();
            for (Map.Entry<String, String> member : GoJson.members(json).entrySet()) {
                Optional<String> text = GoJson.unquote(member.getValue());
                if (text.isEmpty() && !member.getValue().equals("null")) {
                    return Optional.empty();
                }
                strings.put(member.getKey(), text.orElse(""));
            }
            return Optional.of(strings);
        } catch (InvalidJsonException e) {
            return Optional.empty();
        }
    }

    private static ReadOutcome<SecretValue> found(String text) {
        return new ReadOutcome.Found<>(SecretValue.ofUtf8(text));
    }
}

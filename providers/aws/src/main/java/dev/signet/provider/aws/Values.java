package dev.signet.provider.aws;

import dev.signet.gjson.GJson;
import dev.signet.gjson.GoJson;
import dev.signet.gjson.InvalidJsonException;
import dev.signet.gjson.PathLimitException;
import dev.signet.gjson.Result;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.SecretValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a reference picks from the content of a secret, as External Secrets does it. Pure. */
final class Values {

    private Values() {}

    /** The whole content, or the property: a literal key before a gjson path. */
    static ReadOutcome<SecretValue> value(SecretValue content, String property, String name) {
        if (property.isEmpty()) {
            return new ReadOutcome.Found<>(content);
        }
        try {
            byte[] json = content.bytes();
            Result literal =
                    GJson.get(
                            json, property.contains(".") ? property.replace(".", "\\.") : property);
            Result result =
                    literal.exists() || !property.contains(".")
                            ? literal
                            : GJson.get(json, property);
            return result.exists()
                    ? new ReadOutcome.Found<>(SecretValue.of(result.bytes()))
                    : new ReadOutcome.Invalid<>(
                            "secret '%s' has no property '%s'".formatted(name, property));
        } catch (PathLimitException e) {
            return new ReadOutcome.Invalid<>(
                    "property '%s' of secret '%s' takes too long to find"
                            .formatted(property, name));
        }
    }

    /**
     * The keys and values of the JSON object that the content or its property is: the content of
     * strings, nothing for null, and the JSON text of anything else as it stands.
     */
    static ReadOutcome<Map<String, SecretValue>> extract(
            SecretValue content, String property, String name) {
        return Outcomes.then(value(content, property, name), json -> members(json, property, name));
    }

    /** Tags, as the JSON object that stands for a secret's metadata. */
    static SecretValue tags(Map<String, String> tags) {
        return SecretValue.ofUtf8(GoJson.marshal(tags));
    }

    private static ReadOutcome<Map<String, SecretValue>> members(
            SecretValue json, String property, String name) {
        Map<String, SecretValue> members = new LinkedHashMap<>();
        try {
            GoJson.members(json.utf8())
                    .forEach((key, raw) -> members.put(key, SecretValue.ofUtf8(text(raw))));
        } catch (InvalidJsonException e) {
            return new ReadOutcome.Invalid<>(
                    (property.isEmpty() ? "secret '%2$s'" : "property '%s' of secret '%s'")
                                    .formatted(property, name)
                            + " is no JSON object to extract keys from");
        }
        return new ReadOutcome.Found<>(members);
    }

    private static String text(String raw) {
        return raw.equals("null") ? "" : GoJson.unquote(raw).orElse(raw);
    }
}

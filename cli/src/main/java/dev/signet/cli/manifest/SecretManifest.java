package dev.signet.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Secret as a manifest tells it. The kind is not looked at, as kubeseal does not.
 *
 * @param metadata its fields in their order; a tree of the manifest's own
 * @param type empty for none
 * @param immutable absent for not told
 * @param values of {@code data} and {@code stringData}, which wins
 * @param retyped keys whose text stands there as a number or a boolean, and may be read otherwise
 *     than it is written
 */
public record SecretManifest(
        ObjectNode metadata,
        String type,
        @Nullable Boolean immutable,
        SortedMap<String, SecretValue> values,
        List<String> retyped) {

    private static final String YAML_PREFIX = "error unmarshaling JSON: while decoding JSON: ";

    /** The list is copied; the tree and the map are taken as they are. */
    public SecretManifest {
        retyped = List.copyOf(retyped);
    }

    /**
     * Reads one.
     *
     * @throws ManifestException where a field is of the wrong type, in Go's words
     */
    public static SecretManifest of(Manifest manifest) throws ManifestException {
        try {
            return of(manifest.tree());
        } catch (ManifestException e) {
            throw manifest.format() == ManifestFormat.YAML
                    ? new ManifestException(YAML_PREFIX + e.getMessage())
                    : e;
        }
    }

    private static SecretManifest of(JsonNode tree) throws ManifestException {
        strict(tree, "kind");
        strict(tree, "apiVersion");
        JsonNode told = Shape.field(tree, "metadata");
        JsonNode metadata =
                Shapes.METADATA
                        .fit(told, told.isObject() ? "ObjectMeta.metadata" : "Secret.metadata")
                        .orElse(JsonNodeFactory.instance.objectNode());
        JsonNode immutable = Shape.field(tree, "immutable");
        SortedMap<String, SecretValue> values = data(Shape.field(tree, "data"));
        List<String> retyped = new ArrayList<>();
        addTexts(values, retyped, Shape.field(tree, "stringData"));
        return new SecretManifest(
                (ObjectNode) metadata,
                Shape.text(Shape.field(tree, "type"), "Secret.type"),
                new Shape.Flag()
                        .fit(immutable, "Secret.immutable")
                        .map(JsonNode::booleanValue)
                        .orElse(null),
                values,
                retyped);
    }

    // These two are not made text of numbers: they are of a type inside the type.
    private static void strict(JsonNode tree, String name) throws ManifestException {
        JsonNode value = Shape.field(tree, name);
        if (!value.isNull() && !value.isTextual()) {
            throw Shape.mismatch(value, "Secret.TypeMeta." + name, "string");
        }
    }

    private static SortedMap<String, SecretValue> data(JsonNode data) throws ManifestException {
        SortedMap<String, SecretValue> values = new TreeMap<>(GoText.BYTES);
        if (!data.isNull() && !data.isObject()) {
            throw Shape.mismatch(data, "Secret.data", "map[string][]uint8");
        }
        for (Map.Entry<String, JsonNode> entry : data.properties()) {
            byte[] bytes = bytes(entry.getValue());
            values.put(entry.getKey(), SecretValue.of(bytes));
            Arrays.fill(bytes, (byte) 0);
        }
        return values;
    }

    private static byte[] bytes(JsonNode value) throws ManifestException {
        if (value.isNull()) {
            return new byte[0];
        }
        if (!value.isTextual()) {
            throw Shape.mismatch(value, "Secret.data", "[]uint8");
        }
        String text = value.textValue();
        String bare = text.indexOf('\n') < 0 ? text : text.replaceAll("[\r\n]", "");
        try {
            if (bare.length() % 4 == 0) {
                return Base64.getDecoder().decode(bare);
            }
        } catch (IllegalArgumentException e) {
            // Its message names a character of the value.
        }
        throw new ManifestException("illegal base64 data at input byte " + firstIllegal(text));
    }

    private static int firstIllegal(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean legal =
                    (c >= 'A' && c <= 'Z')
                            || (c >= 'a' && c <= 'z')
                            || (c >= '0' && c <= '9')
                            || "+/\r\n".indexOf(c) >= 0;
            if (!legal) {
                return at;
            }
        }
        return text.length() - text.length() % 4;
    }

    private static void addTexts(
            SortedMap<String, SecretValue> values, List<String> retyped, JsonNode texts)
            throws ManifestException {
        if (!texts.isNull() && !texts.isObject()) {
            throw Shape.mismatch(texts, "Secret.stringData", "map[string]string");
        }
        for (Map.Entry<String, JsonNode> entry : texts.properties()) {
            JsonNode value = entry.getValue();
            if (value.isNumber() || value.isBoolean()) {
                retyped.add(entry.getKey());
            }
            SecretValue former =
                    values.put(
                            entry.getKey(),
                            SecretValue.ofUtf8(Shape.text(value, "Secret.stringData")));
            if (former != null) {
                former.wipe();
            }
        }
    }

    /** The same under another name. */
    public SecretManifest named(String name) {
        ObjectNode changed = metadata.deepCopy();
        changed.put("name", name);
        return with(changed);
    }

    /** The same in another namespace. */
    public SecretManifest in(String namespace) {
        ObjectNode changed = metadata.deepCopy();
        changed.put("namespace", namespace);
        return with(changed);
    }

    /** The same with the annotations of that scope, and of no other. */
    public SecretManifest scoped(Scope scope) {
        ObjectNode changed = metadata.deepCopy();
        ObjectNode annotations = changed.withObjectProperty("annotations");
        for (Scope each : Scope.values()) {
            annotations.remove(each.annotations().keySet());
        }
        scope.annotations().forEach(annotations::put);
        return with(changed);
    }

    // Puts a field that is new where it belongs.
    private SecretManifest with(ObjectNode changed) {
        try {
            JsonNode ordered =
                    Shapes.METADATA
                            .fit(changed, "metadata")
                            .orElse(JsonNodeFactory.instance.objectNode());
            return new SecretManifest((ObjectNode) ordered, type, immutable, values, retyped);
        } catch (ManifestException e) {
            throw new IllegalStateException("it did fit before", e);
        }
    }

    /** Overwrites the values; they must not be used afterwards. */
    public void wipe() {
        values.values().forEach(SecretValue::wipe);
    }

    /** Its name; empty for none. */
    public String name() {
        return metadata.path("name").asText("");
    }

    /** Its namespace; empty for none. */
    public String namespace() {
        return metadata.path("namespace").asText("");
    }

    /** Its annotations. */
    public Map<String, String> annotations() {
        Map<String, String> annotations = new TreeMap<>();
        metadata.path("annotations")
                .properties()
                .forEach(entry -> annotations.put(entry.getKey(), entry.getValue().asText()));
        return annotations;
    }

    /** Name and namespace. */
    @Override
    public String toString() {
        return "Secret " + namespace() + "/" + name();
    }
}

package dev.signet.operator.sealedsecret.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.sealed.Scope;
import dev.signet.sealed.SealedItems;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A SealedSecret as it was sent, with all its fields.
 *
 * <p>Namespace, name and scope are those of its own metadata. The template is never looked at: who
 * may choose the scope could have a value opened that was sealed for somebody else
 * (CVE-2026-22728), and who may have a template rendered could ask about a value bit by bit.
 */
final class SealedBody {

    private static final String BLOB = "data";
    private static final String ITEMS = "encryptedData";

    private final ObjectNode object;
    private final boolean legacy;
    private final SealedItems items;

    private SealedBody(ObjectNode object, boolean legacy, SealedItems items) {
        this.object = object;
        this.legacy = legacy;
        this.items = items;
    }

    /**
     * Looks at an object.
     *
     * @param acceptLegacy whether {@code spec.data} is worked on
     * @throws BadObjectException where it is no SealedSecret, or an ambiguous one
     */
    static SealedBody of(ObjectNode object, boolean acceptLegacy) throws BadObjectException {
        if (!object.path("kind").asText().equals("SealedSecret")
                || !object.path("apiVersion").asText().equals("bitnami.com/v1alpha1")) {
            throw new BadObjectException(
                    "the object is no SealedSecret of bitnami.com/v1alpha1; check kind and apiVersion");
        }
        JsonNode metadata = mapping(object, "metadata");
        JsonNode spec = mapping(object, "spec");
        Map<String, String> values = texts(spec, ITEMS, "spec.");
        String blob = text(spec, BLOB, "spec.");
        boolean legacy = !blob.isEmpty();
        if (legacy && !acceptLegacy) {
            throw new BadObjectException(
                    "spec.data is not accepted here; seal the Secret again with kubeseal");
        }
        if (legacy && !values.isEmpty()) {
            throw new BadObjectException(
                    "cannot use the field 'encryptedData' and the deprecated field 'data' at the same time");
        }
        return new SealedBody(
                object,
                legacy,
                new SealedItems(
                        text(metadata, "namespace", "metadata."),
                        text(metadata, "name", "metadata."),
                        Scope.of(texts(metadata, "annotations", "metadata.")),
                        legacy ? Map.of(BLOB, blob) : values));
    }

    /** What is sealed, and what it is bound to. */
    SealedItems items() {
        return items;
    }

    /** The object with other sealed values, and otherwise as it was. */
    ObjectNode with(UnaryOperator<String> valueOfKey) {
        ObjectNode copy = object.deepCopy();
        if (copy.path("spec") instanceof ObjectNode spec) {
            if (legacy) {
                spec.put(BLOB, valueOfKey.apply(BLOB));
            } else if (spec.path(ITEMS) instanceof ObjectNode values) {
                items.items().keySet().forEach(key -> values.put(key, valueOfKey.apply(key)));
            }
        }
        return copy;
    }

    private static JsonNode mapping(JsonNode parent, String field) throws BadObjectException {
        JsonNode found = parent.path(field);
        if (found.isObject() || found.isMissingNode() || found.isNull()) {
            return found;
        }
        throw new BadObjectException(field + " is not a mapping");
    }

    private static String text(JsonNode parent, String field, String where)
            throws BadObjectException {
        JsonNode found = parent.path(field);
        if (found.isTextual() || found.isMissingNode() || found.isNull()) {
            return found.isTextual() ? found.textValue() : "";
        }
        throw new BadObjectException(where + field + " is not a text");
    }

    private static Map<String, String> texts(JsonNode parent, String field, String where)
            throws BadObjectException {
        JsonNode found = parent.path(field);
        if (!found.isObject() && !found.isMissingNode() && !found.isNull()) {
            throw new BadObjectException(where + field + " is not a mapping");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : found.properties()) {
            if (!entry.getValue().isTextual()) {
                throw new BadObjectException(where + field + " has a value that is not a text");
            }
            texts.put(entry.getKey(), entry.getValue().textValue());
        }
        return texts;
    }
}

package dev.signet.operator.externalsecret;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a new target as JSON. It has a dozen fields, and writing them one by one costs a fraction
 * of what a general mapper does, and nothing when it is done for the first time.
 */
final class SecretJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private SecretJson() {}

    /** The fields that a new target has; server-side ones are left out. */
    static String of(Secret secret) {
        StringWriter text = new StringWriter(1_024);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("apiVersion", "v1");
            json.writeStringField("kind", "Secret");
            writeMetadata(json, secret);
            if (secret.getType() != null && !secret.getType().isEmpty()) {
                json.writeStringField("type", secret.getType());
            }
            if (Boolean.TRUE.equals(secret.getImmutable())) {
                json.writeBooleanField("immutable", true);
            }
            writeMap(json, "data", secret.getData());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void writeMetadata(JsonGenerator json, Secret secret) throws IOException {
        var meta = secret.getMetadata();
        json.writeObjectFieldStart("metadata");
        json.writeStringField("name", meta.getName());
        json.writeStringField("namespace", meta.getNamespace());
        writeMap(json, "labels", meta.getLabels());
        writeMap(json, "annotations", meta.getAnnotations());
        List<OwnerReference> owners = meta.getOwnerReferences();
        if (owners != null && !owners.isEmpty()) {
            json.writeArrayFieldStart("ownerReferences");
            for (OwnerReference owner : owners) {
                writeOwner(json, owner);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void writeOwner(JsonGenerator json, OwnerReference owner) throws IOException {
        json.writeStartObject();
        json.writeStringField("apiVersion", owner.getApiVersion());
        json.writeStringField("kind", owner.getKind());
        json.writeStringField("name", owner.getName());
        json.writeStringField("uid", owner.getUid());
        if (owner.getController() != null) {
            json.writeBooleanField("controller", owner.getController());
        }
        if (owner.getBlockOwnerDeletion() != null) {
            json.writeBooleanField("blockOwnerDeletion", owner.getBlockOwnerDeletion());
        }
        json.writeEndObject();
    }

    private static void writeMap(JsonGenerator json, String name, @Nullable Map<String, String> map)
            throws IOException {
        if (map == null || map.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> entry : map.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }
}

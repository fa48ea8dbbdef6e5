package dev.signet.operator.kube;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The writes that make up a sync, as bare calls. The library reads each answer into an object, and
 * copies the object that is patched; of all that a sync needs one field. So the answer is asked for
 * without its content, and only that field is read.
 *
 * <p>Repeats, credentials and TLS are those of the client. To be closed with it.
 */
public final class ApiCalls implements AutoCloseable {

    private static final String JSON = "application/json";
    private static final String METADATA_ONLY =
            "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1, application/json";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final Wire wire;
    private final JsonFactory parsers = new JsonFactory();

    /** Which object there is, and in which state. */
    public record Written(String uid, String resourceVersion) {}

    public ApiCalls(KubernetesClient client) {
        this.client = client;
        this.wire =
                DirectWire.of(client, PATIENCE).orElseGet(() -> new LibraryWire(client, PATIENCE));
    }

    /**
     * Asks for an object's state.
     *
     * @param path of the object or subresource, from the slash on
     * @throws KubernetesClientException where it is not there, or the API server cannot be reached
     */
    public Written get(String path) {
        return send("GET", JSON, path, null);
    }

    /**
     * Makes an object.
     *
     * @param path of the collection, from the slash on, with its query
     * @param json the object
     * @throws KubernetesClientException where the API server refuses it or cannot be reached
     */
    public Written create(String path, String json) {
        return send("POST", JSON, path, json);
    }

    /**
     * Replaces an object.
     *
     * @param path of the object, from the slash on, with its query
     * @param json the object; with the state that it replaces
     * @throws KubernetesClientException where the API server refuses it or cannot be reached
     */
    public Written replace(String path, String json) {
        return send("PUT", JSON, path, json);
    }

    /**
     * Changes the fields that {@code json} has (RFC 7396).
     *
     * @param path of the object or subresource, from the slash on
     * @throws KubernetesClientException where the API server refuses it or cannot be reached
     */
    public Written mergePatch(String path, String json) {
        return send("PATCH", "application/merge-patch+json", path, json);
    }

    /** Ends the connections; calls under way fail. */
    @Override
    public void close() {
        wire.close();
    }

    private Written send(String method, String type, String path, @Nullable String json) {
        try {
            Wire.Answer answer = wire.send(method, path, METADATA_ONLY, type, json);
            if (!answer.ok()) {
                throw refusal(answer);
            }
            return written(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KubernetesClientException.launderThrowable(e);
        } catch (IOException e) {
            throw KubernetesClientException.launderThrowable(e);
        }
    }

    private KubernetesClientException refusal(Wire.Answer answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        try {
            Status status = client.getKubernetesSerialization().unmarshal(body, Status.class);
            if (status != null && status.getMessage() != null) {
                return new KubernetesClientException(status.getMessage(), answer.status(), status);
            }
        } catch (RuntimeException e) {
            // It was not the API server that answered.
        }
        return new KubernetesClientException(
                "the API server answered HTTP " + answer.status(), answer.status(), null);
    }

    private Written written(byte[] body) throws IOException {
        String uid = "";
        String version = "";
        try (JsonParser parser = parsers.createParser(body)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean metadata = parser.currentName().equals("metadata");
                parser.nextToken();
                if (!metadata) {
                    parser.skipChildren();
                    continue;
                }
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String field = parser.currentName();
                    parser.nextToken();
                    switch (field) {
                        case "uid" -> uid = parser.getText();
                        case "resourceVersion" -> version = parser.getText();
                        default -> parser.skipChildren();
                    }
                }
                if (!uid.isEmpty() && !version.isEmpty()) {
                    break;
                }
            }
        }
        return new Written(uid, version);
    }
}

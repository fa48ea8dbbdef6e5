package dev.signet.sealed;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What Bitnami's own library sealed and opened, with keys made for it. */
final class Vectors {

    static final ObjectMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private static final JsonNode ALL = read();

    private Vectors() {}

    static Stream<JsonNode> of(String field) {
        return StreamSupport.stream(ALL.path(field).spliterator(), false);
    }

    static UnsealingKey key(String id) {
        JsonNode key =
                of("keys").filter(k -> k.path("ID").asText().equals(id)).findFirst().orElseThrow();
        try {
            return UnsealingKey.parse(
                    id, key.path("KeyPEM").asText(), key.path("CertPEM").asText());
        } catch (SealedFormatException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyRing ring(JsonNode ids) {
        List<UnsealingKey> keys = new ArrayList<>();
        ids.forEach(id -> keys.add(key(id.asText())));
        return KeyRing.byCertificate(keys);
    }

    private static JsonNode read() {
        try (InputStream in = Vectors.class.getResourceAsStream("/sealed-vectors.json")) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.signet.provider.azure;

import com.azure.security.keyvault.keys.models.JsonWebKey;
import dev.signet.gjson.GoJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A key as JSON Web Key, its members in the order that External Secrets prints them in. */
final class WebKeys {

    private WebKeys() {}

    /** The public part, which is all that a vault gives away. */
    static String json(JsonWebKey key) {
        StringJoiner json = new StringJoiner(",", "{", "}");
        text(json, "kid", key.getId());
        text(json, "kty", key.getKeyType());
        if (key.getKeyOps() != null) {
            List<String> operations = key.getKeyOps().stream().map(String::valueOf).toList();
            json.add("\"key_ops\":" + GoJson.marshal(operations));
        }
        bytes(json, "n", key.getN());
        bytes(json, "e", key.getE());
        text(json, "crv", key.getCurveName());
        bytes(json, "x", key.getX());
        bytes(json, "y", key.getY());
        return json.toString();
    }

    private static void text(StringJoiner json, String name, @Nullable Object value) {
        if (value != null) {
            byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
            json.add("\"%s\":%s".formatted(name, GoJson.quote(text)));
        }
    }

    private static void bytes(StringJoiner json, String name, byte @Nullable [] value) {
        if (value != null) {
            text(json, name, Base64.getUrlEncoder().withoutPadding().encodeToString(value));
        }
    }
}

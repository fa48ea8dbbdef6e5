package dev.signet.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.testbed.KubeApi;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** The key with which an API server signs the tokens of ServiceAccounts. */
final class ServiceAccountKeys {

    private ServiceAccountKeys() {}

    /** The public key, as PEM. */
    static String publicKey(KubeApi api) {
        JsonNode key = api.get("/openid/v1/jwks").at("/keys/0");
        try {
            byte[] encoded =
                    KeyFactory.getInstance("RSA")
                            .generatePublic(
                                    new RSAPublicKeySpec(number(key, "n"), number(key, "e")))
                            .getEncoded();
            return "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                    .formatted(Base64.getMimeEncoder().encodeToString(encoded));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the key of the API server is not RSA", e);
        }
    }

    private static BigInteger number(JsonNode key, String field) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.path(field).asText()));
    }
}

package dev.signet.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.operator.KubernetesClients;
import dev.signet.testbed.SharedControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** The key with which the API server signs the tokens of ServiceAccounts. */
final class ServiceAccountKeys {

    private ServiceAccountKeys() {}

    /** The public key, as PEM. */
    static String publicKey() {
        try (KubernetesClient client =
                KubernetesClients.fromKubeconfig(SharedControlPlane.get().kubeconfig())) {
            JsonNode key =
                    Serialization.unmarshal(client.raw("/openid/v1/jwks"), JsonNode.class)
                            .at("/keys/0");
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

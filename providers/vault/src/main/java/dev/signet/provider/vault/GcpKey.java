package dev.signet.provider.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;

/**
 * The key of a service account of Google Cloud, from the file that Google gives out for it.
 *
 * @param email of the account
 * @param keyId by which Google tells its keys apart
 * @param key signs
 */
record GcpKey(String email, String keyId, PrivateKey key) {

    /** Reads the file. */
    static GcpKey of(byte[] file, String what) throws LoginException {
        JsonObject json = Json.object(file);
        if (json == null
                || !"service_account".equals(json.get("type"))
                || !(json.get("client_email") instanceof String email)
                || !(json.get("private_key_id") instanceof String id)
                || !(json.get("private_key") instanceof String pem)) {
            throw LoginException.invalid(
                    what
                            + " holds no key of a service account, the JSON file that Google gives out");
        }
        try {
            return new GcpKey(email, id, Tls.privateKey(pem));
        } catch (GeneralSecurityException e) {
            throw LoginException.invalid(what + " holds a private key that cannot be read");
        }
    }

    /** A token (RFC 7519) with these claims, signed with RS256. */
    String sign(byte[] claims) throws LoginException {
        byte[] header = Json.bytes(Map.of("alg", "RS256", "typ", "JWT", "kid", keyId));
        String signed = base64(header) + "." + base64(claims);
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw LoginException.invalid("the private key of " + email + " cannot sign");
        }
    }

    /** Shows the account alone. */
    @Override
    public String toString() {
        return "GcpKey[" + email + "]";
    }

    private static String base64(byte[] content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
    }
}

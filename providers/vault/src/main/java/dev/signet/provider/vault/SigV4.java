package dev.signet.provider.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests to AWS: Signature Version 4 (HMAC-SHA256 over the canonical request), for requests
 * to the root path without a query, which is all that STS wants.
 */
final class SigV4 {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String MAC = "HmacSHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final int DATE_LENGTH = 8;

    private final String region;
    private final String service;

    SigV4(String region, String service) {
        this.region = region;
        this.service = service;
    }

    /**
     * The header fields of a signed request: those that were given, the time, the session token of
     * temporary keys, and the signature over all of them and the host. Host itself is not among
     * them; it is for the client to send.
     *
     * @param method of the request
     * @param host with the port where that is not the scheme's own
     * @param headers to sign besides
     * @param body of the request
     */
    Map<String, String> sign(
            AwsKeys keys,
            String method,
            String host,
            Map<String, String> headers,
            byte[] body,
            Instant now) {
        String time = TIME.format(now);
        Map<String, String> sent = new TreeMap<>(headers);
        sent.put("X-Amz-Date", time);
        if (!keys.sessionToken().isEmpty()) {
            sent.put("X-Amz-Security-Token", keys.sessionToken());
        }
        TreeMap<String, String> signed = new TreeMap<>();
        sent.forEach((name, value) ->
                signed.put(name.toLowerCase(Locale.ROOT), value.strip().replaceAll(" +", " ")));
        signed.put("host", host);
        String names = String.join(";", signed.keySet());
        String canonical =
                method
                        + "\n/\n\n"
                        + signed.entrySet().stream()
                                .map(field -> field.getKey() + ":" + field.getValue() + "\n")
                                .collect(Collectors.joining())
                        + "\n"
                        + names
                        + "\n"
                        + hex(sha256(body));
        String date = time.substring(0, DATE_LENGTH);
        String scope = String.join("/", date, region, service, "aws4_request");
        String toSign = String.join("\n", ALGORITHM, time, scope, hex(sha256(utf8(canonical))));
        String signature = hex(hmac(signingKey(keys, date), toSign));
        sent.put(
                "Authorization",
                "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                        .formatted(ALGORITHM, keys.accessKeyId(), scope, names, signature));
        return sent;
    }

    private byte[] signingKey(AwsKeys keys, String date) {
        byte[] key = hmac(utf8("AWS4" + keys.secretAccessKey()), date);
        key = hmac(key, region);
        key = hmac(key, service);
        return hmac(key, "aws4_request");
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

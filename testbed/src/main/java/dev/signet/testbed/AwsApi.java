package dev.signet.testbed;

import java.net.URI;
import java.util.Map;

/**
 * Secrets Manager of an {@link AwsEmulator}, asked without an SDK. Calls are not signed, which the
 * emulators do not check. Answers other than success are a {@link TestbedException}, whose message
 * never holds the body.
 */
public final class AwsApi {

    private static final String CONTENT_TYPE = "application/x-amz-json-1.1";

    private final JsonHttp http;

    private AwsApi(JsonHttp http) {
        this.http = http;
    }

    static AwsApi of(URI address, String region) {
        String scope = "AKIAEXAMPLE/20260101/" + region + "/secretsmanager/aws4_request";
        return new AwsApi(
                JsonHttp.to(address, "")
                        .with(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=%s, SignedHeaders=host, Signature=0"
                                        .formatted(scope)));
    }

    /** Makes a secret that is not there yet. */
    public void createSecret(String name, String value) {
        require("CreateSecret", Map.of("Name", name, "SecretString", value));
    }

    /** Gives a secret that is there a new current version. */
    public void putSecretValue(String name, String value) {
        require("PutSecretValue", Map.of("SecretId", name, "SecretString", value));
    }

    private void require(String operation, Map<String, String> body) {
        ApiReply reply =
                http.with("X-Amz-Target", "secretsmanager." + operation)
                        .send("POST", "/", body, CONTENT_TYPE);
        if (!reply.ok()) {
            throw new TestbedException(
                    "%s at %s was answered with %d"
                            .formatted(operation, http.base(), reply.status()));
        }
    }
}

package dev.signet.provider.vault;

import dev.signet.http.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Google's metadata server, which knows the machine or the pod that asks it. */
final class GcpMetadata {

    private static final CloudCalls.Service SERVICE =
            new CloudCalls.Service("GCP/Metadata", "Google's metadata server");

    private final LoginTools tools;

    GcpMetadata(LoginTools tools) {
        this.tools = tools;
    }

    /** A token that names the account of this process, made out to {@code audience}. */
    String identity(String audience) throws LoginException, InterruptedException {
        return ask(
                "GetIdentity",
                "instance/service-accounts/default/identity?format=full&audience="
                        + CloudCalls.encoded(audience));
    }

    /** What the server knows under a path. */
    String attribute(String path) throws LoginException, InterruptedException {
        return ask("GetMetadata", path);
    }

    private String ask(String operation, String path) throws LoginException, InterruptedException {
        HttpAnswer answer =
                tools.clouds()
                        .get(
                                SERVICE,
                                operation,
                                tools.surroundings().googleMetadata(),
                                "/computeMetadata/v1/" + path,
                                Map.of("Metadata-Flavor", "Google"));
        if (!answer.ok()) {
            throw LoginException.unavailable(
                    "Google's metadata server gives no answer to %s now (%d)"
                            .formatted(operation, answer.status()));
        }
        return new String(answer.body(), StandardCharsets.UTF_8).strip();
    }
}

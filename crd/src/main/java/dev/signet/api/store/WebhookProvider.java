package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Limits;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any HTTP endpoint. The texts url, body, headers and result.jsonPath are Go templates. */
@ApiType
public record WebhookProvider(
        @JsonPropertyDescription("HTTP method, GET when absent.") String method,
        @JsonPropertyDescription("Address to ask.") @Required String url,
        @JsonPropertyDescription("Headers of the request.") Map<String, String> headers,
        @JsonPropertyDescription("How to log in.") @Nullable WebhookAuth auth,
        @JsonPropertyDescription("Body of the request.") String body,
        @JsonPropertyDescription("How long an answer may take: a Go duration.") String timeout,
        @JsonPropertyDescription("Which part of the answer is the value.")
                @Nullable WebhookResult result,
        @JsonPropertyDescription("Secrets that the templates may use.") List<WebhookSecret> secrets,
        @JsonPropertyDescription("Certificates that the server is trusted by: PEM, in base64.")
                @Limits(format = "byte")
                String caBundle,
        @JsonPropertyDescription("Object with the certificates that the server is trusted by.")
                @Nullable CaProvider caProvider) {

    /** Absent fields become empty. */
    public WebhookProvider {
        method = Absent.text(method);
        url = Absent.text(url);
        headers = Absent.map(headers);
        body = Absent.text(body);
        timeout = Absent.text(timeout);
        secrets = Absent.list(secrets);
        caBundle = Absent.text(caBundle);
    }
}

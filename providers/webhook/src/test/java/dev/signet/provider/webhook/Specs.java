package dev.signet.provider.webhook;

import dev.signet.api.store.CaProvider;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.WebhookAuth;
import dev.signet.api.store.WebhookNtlm;
import dev.signet.api.store.WebhookProvider;
import dev.signet.api.store.WebhookResult;
import dev.signet.api.store.WebhookSecret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A spec of a store, built up from a plain one. */
final class Specs {

    private final String url;
    private String method = "";
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String body = "";
    private String timeout = "";
    private String jsonPath = "";
    private List<WebhookSecret> secrets = List.of();
    private String caBundle = "";
    private CaProvider caProvider;
    private WebhookAuth auth;

    private Specs(String url) {
        this.url = url;
    }

    static Specs at(String url) {
        return new Specs(url);
    }

    Specs method(String name) {
        method = name;
        return this;
    }

    Specs header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Specs body(String text) {
        body = text;
        return this;
    }

    Specs timeout(String duration) {
        timeout = duration;
        return this;
    }

    Specs jsonPath(String path) {
        jsonPath = path;
        return this;
    }

    /** Secrets whose name in templates is their own. */
    Specs secrets(String... names) {
        secrets =
                List.of(names).stream()
                        .map(name -> new WebhookSecret(name, new SecretKeySelector(name, "", "")))
                        .toList();
        return this;
    }

    Specs caBundle(String base64) {
        caBundle = base64;
        return this;
    }

    Specs caProvider(CaProvider provider) {
        caProvider = provider;
        return this;
    }

    Specs ntlm() {
        var ref = new SecretKeySelector("ntlm", "", "x");
        auth = new WebhookAuth(new WebhookNtlm(ref, ref));
        return this;
    }

    WebhookProvider build() {
        return new WebhookProvider(
                method,
                url,
                headers,
                auth,
                body,
                timeout,
                new WebhookResult(jsonPath),
                secrets,
                caBundle,
                caProvider);
    }
}

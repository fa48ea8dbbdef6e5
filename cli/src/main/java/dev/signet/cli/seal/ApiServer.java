package dev.signet.cli.seal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** The API server, for the few plain requests that sealing needs. */
final class ApiServer implements AutoCloseable {

    private static final String NAME = "chosen";

    /** As client-go does where the server says when to come again. */
    private static final int MOST_REPEATS = 10;

    private static final int LONGEST_PAUSE_SECONDS = 30;

    private final HttpClient client;
    private final URI root;
    private final String actingUid;
    private final Duration timeout;

    /**
     * A client for it.
     *
     * @param timeout of a request; zero for none
     * @throws SealException where the credentials cannot be used
     */
    ApiServer(ClusterSettings.Chosen chosen, Duration timeout) throws SealException {
        if (chosen.cluster().has("tls-server-name")) {
            throw new SealException(
                    "tls-server-name is not supported: reach the API server under a name that its certificate has, or set --certificate-authority");
        }
        Config config;
        try {
            config = Config.fromKubeconfig(kubeconfig(chosen).toString());
            apply(chosen, config);
            this.client = new JdkHttpClientFactory().newBuilder(config).build();
            this.root = URI.create(config.getMasterUrl());
        } catch (RuntimeException e) {
            // The message of the library may quote credentials.
            throw new SealException(
                    "the kubeconfig cannot be used; check server, certificates and keys with: kubectl config view");
        }
        this.actingUid = chosen.user().path("as-uid").asText("");
        this.timeout = timeout;
    }

    private static ObjectNode kubeconfig(ClusterSettings.Chosen chosen) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("apiVersion", "v1").put("kind", "Config").put("current-context", NAME);
        config.putArray("clusters").addObject().put("name", NAME).set("cluster", chosen.cluster());
        config.putArray("users").addObject().put("name", NAME).set("user", chosen.user());
        config.putArray("contexts")
                .addObject()
                .put("name", NAME)
                .putObject("context")
                .put("cluster", NAME)
                .put("user", NAME);
        return config;
    }

    private static void apply(ClusterSettings.Chosen chosen, Config config) {
        config.setRequestRetryBackoffLimit(0);
        config.setHttp2Disable(true);
        JsonNode user = chosen.user();
        if (user.has("as")) {
            config.setImpersonateUsername(user.path("as").asText());
        }
        String[] groups = new String[user.path("as-groups").size()];
        for (int at = 0; at < groups.length; at++) {
            groups[at] = user.path("as-groups").path(at).asText();
        }
        config.setImpersonateGroups(groups);
        String proxy = chosen.cluster().path("proxy-url").asText("");
        if (!proxy.isEmpty()) {
            config.setHttpsProxy(proxy);
            config.setHttpProxy(proxy);
        }
    }

    /**
     * An answer that is not an error.
     *
     * @param resource what is asked for, for errors
     */
    byte[] get(String path, String accept, String resource)
            throws ApiException, InterruptedException {
        return send(
                client.newHttpRequestBuilder().uri(address(path)).header("Accept", accept),
                path,
                "get",
                resource);
    }

    /** The answer to a JSON body that is not an error. */
    byte[] post(String path, byte[] json, String resource)
            throws ApiException, InterruptedException {
        return send(
                client.newHttpRequestBuilder()
                        .uri(address(path))
                        .header("Accept", "application/json, */*")
                        .post("application/json", json),
                path,
                "post",
                resource);
    }

    private String address(String path) {
        return root.toString().replaceAll("/+$", "") + path;
    }

    private byte[] send(HttpRequest.Builder builder, String path, String verb, String resource)
            throws ApiException, InterruptedException {
        if (!actingUid.isEmpty()) {
            builder.header("Impersonate-Uid", actingUid);
        }
        if (!timeout.isZero()) {
            builder.timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
        HttpRequest request = builder.build();
        for (int repeats = 0; ; repeats++) {
            HttpResponse<byte[]> answer = answer(request, path, verb);
            if (answer.isSuccessful()) {
                return answer.body();
            }
            Duration pause = pause(answer);
            if (pause.isZero() || repeats == MOST_REPEATS) {
                throw ApiException.of(
                        answer.code(),
                        answer.header("Content-Type"),
                        answer.body(),
                        verb,
                        resource);
            }
            Thread.sleep(pause);
        }
    }

    private HttpResponse<byte[]> answer(HttpRequest request, String path, String verb)
            throws ApiException, InterruptedException {
        try {
            return client.sendAsync(request, byte[].class).get();
        } catch (ExecutionException | CompletionException e) {
            String method = verb.equals("get") ? "Get" : "Post";
            throw new ApiException(
                    0,
                    "%s \"%s\": %s".formatted(method, address(path), Connections.reason(root, e)));
        }
    }

    // A rate limit is waited for, as kubectl and kubeseal do.
    private static Duration pause(HttpResponse<byte[]> answer) {
        String after = answer.header("Retry-After");
        boolean transient_ = answer.code() == 429 || answer.code() >= 500;
        if (!transient_ || after == null || !after.matches("[0-9]{1,4}")) {
            return Duration.ZERO;
        }
        return Duration.ofSeconds(Math.min(Integer.parseInt(after), LONGEST_PAUSE_SECONDS));
    }

    static JsonNode json(byte[] body) throws SealException {
        try {
            return new ObjectMapper().readTree(body);
        } catch (java.io.IOException e) {
            throw new SealException("the answer of the server is no JSON");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}

package dev.signet.operator.kube;

import dev.signet.http.HttpAnswer;
import dev.signet.http.HttpCall;
import dev.signet.http.Origin;
import dev.signet.http.OriginSettings;
import dev.signet.http.Reach;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Calls on the thread that makes them, for a third of the CPU of the client library's way. */
final class DirectWire implements Wire {

    /** As many as syncs and events need at once, and some room. */
    private static final int CONNECTIONS = 256;

    /** Of metadata alone, no answer comes near to it. */
    private static final int MAX_ANSWER_BYTES = 4 << 20;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final byte[] NOTHING = new byte[0];

    private final Origin server;
    private final String prefix;
    private final Asker asker;
    private final int repeats;
    private final long pauseMillis;

    private DirectWire(Config config, URI master, SSLContext tls, Duration patience) {
        this.server =
                new Origin(
                        master,
                        new OriginSettings(
                                Duration.ofMillis(config.getConnectionTimeout()),
                                patience,
                                CONNECTIONS,
                                tls,
                                OriginSettings.DIRECT,
                                Reach.ANYWHERE));
        String path = master.getRawPath() == null ? "" : master.getRawPath();
        this.prefix = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        this.asker = new Asker(config, master);
        this.repeats = config.getRequestRetryBackoffLimit();
        this.pauseMillis = config.getRequestRetryBackoffInterval();
    }

    /** The direct way to the server of {@code client}; empty where a proxy may be in between. */
    static Optional<Wire> of(KubernetesClient client, Duration patience) {
        Config config = client.getConfiguration();
        URI master = URI.create(client.getMasterUrl().toString());
        if (config.getHttpProxy() != null || config.getHttpsProxy() != null || isProxied(master)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new DirectWire(config, master, SSLUtils.sslContext(config), patience));
        } catch (GeneralSecurityException | IOException e) {
            // The library, which reads the same files, tells what is wrong with them.
            return Optional.empty();
        }
    }

    private static boolean isProxied(URI server) {
        ProxySelector proxies = ProxySelector.getDefault();
        return proxies != null
                && proxies.select(server).stream()
                        .anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
    }

    @Override
    public Answer send(
            String method, String path, String accept, String type, @Nullable String json)
            throws IOException, InterruptedException {
        Asker.Fields fields = asker.fields().header("Accept", accept);
        if (json != null) {
            fields.header("Content-Type", type);
        }
        byte[] body = json == null ? NOTHING : json.getBytes(StandardCharsets.UTF_8);
        long pause = pauseMillis;
        for (int repeat = 0; ; repeat++, pause *= 2) {
            boolean last = repeat >= repeats;
            long wait = pause;
            try {
                HttpAnswer answer = authorized(method, prefix + path, fields, body);
                if (last || (answer.status() != 429 && answer.status() < 500)) {
                    return new Answer(answer.status(), answer.body());
                }
                wait = Math.max(wait, asked(answer));
            } catch (IOException e) {
                server.forgetIdle();
                if (last) {
                    throw e;
                }
            }
            Thread.sleep(wait);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private HttpAnswer authorized(String method, String target, Asker.Fields fields, byte[] body)
            throws IOException, InterruptedException {
        HttpAnswer answer = once(method, target, fields, body);
        return !answer.ok() && asker.renews(fields, answer)
                ? once(method, target, fields, body)
                : answer;
    }

    private HttpAnswer once(String method, String target, Asker.Fields fields, byte[] body)
            throws IOException, InterruptedException {
        return server.send(new HttpCall(method, target, fields.list(), body, MAX_ANSWER_BYTES));
    }

    /** How many milliseconds the server asks to be left alone, within bounds. */
    private static long asked(HttpAnswer answer) {
        try {
            long seconds = Long.parseLong(answer.field("Retry-After").orElse("0").strip());
            return Math.clamp(seconds, 0, LONGEST_PAUSE.toSeconds()) * 1000;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}

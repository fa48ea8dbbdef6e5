package dev.signet.provider.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Configuration;
import com.azure.core.util.ConfigurationBuilder;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of a session, made at its first call, which vault and logins share. It follows no
 * redirects: they would carry a token or a credential to a host that the spec does not name.
 */
final class Http {

    /** A service in reach accepts at once; more would only hold up the other stores' work. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Until an answer begins; the whole of it has a limit of its own. */
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);

    /** The environment's variables could switch on logs of bodies, proxies and more retries. */
    static final Configuration NO_ENVIRONMENT = new ConfigurationBuilder().build();

    private final @Nullable SSLContext tls;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock:
    private @Nullable HttpClient client;

    /**
     * @param tls whom to trust; null for those whom the JVM trusts
     */
    Http(@Nullable SSLContext tls) {
        this.tls = tls;
    }

    HttpClient client() {
        lock.lock();
        try {
            HttpClient made = client;
            if (made == null) {
                made = make();
                client = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    private HttpClient make() {
        java.net.http.HttpClient.Builder builder =
                java.net.http.HttpClient.newBuilder()
                        .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
                        .executor(Executors.newVirtualThreadPerTaskExecutor());
        if (tls != null) {
            builder.sslContext(tls);
        }
        return new JdkHttpClientBuilder(builder)
                .configuration(NO_ENVIRONMENT)
                .connectionTimeout(CONNECT_TIMEOUT)
                .responseTimeout(ANSWER_TIMEOUT)
                .readTimeout(Duration.ZERO)
                .build();
    }
}

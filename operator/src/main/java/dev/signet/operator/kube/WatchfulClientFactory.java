package dev.signet.operator.kube;

import dev.signet.http.CipherOrder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes HTTP clients that notice when a watch is dead. A connection whose route is lost is closed
 * by nobody, and a watch on it would stay silent for minutes, while its cache grows old.
 */
public final class WatchfulClientFactory extends JdkHttpClientFactory {

    private final Pulse pulse;

    /** Clients that take a watch for dead when it has not answered for half a minute. */
    public WatchfulClientFactory() {
        this(new Pulse(Duration.ofSeconds(10), Duration.ofSeconds(30)));
    }

    WatchfulClientFactory(Pulse pulse) {
        this.pulse = pulse;
    }

    /**
     * How a connection is felt for life.
     *
     * @param every the time between two pings
     * @param patience how long an answer, or anything else, may take to come
     */
    record Pulse(Duration every, Duration patience) {}

    @Override
    protected HttpClient.Builder createNewHttpClientBuilder() {
        Builder builder = new Builder(super.createNewHttpClientBuilder(), pulse);
        return builder.sslParameters(new SSLParameters());
    }

    /** Builds as another builder does, and puts the pulse on top. */
    private record Builder(HttpClient.Builder builder, Pulse pulse) implements HttpClient.Builder {

        private static final String[] CIPHERS =
                ((SSLSocketFactory) SSLSocketFactory.getDefault()).getDefaultCipherSuites();

        @Override
        public HttpClient.Builder cookieHandler(CookieHandler handler) {
            builder.cookieHandler(handler);
            return this;
        }

        @Override
        public HttpClient.Builder connectTimeout(Duration duration) {
            builder.connectTimeout(duration);
            return this;
        }

        @Override
        public HttpClient.Builder sslContext(SSLContext context) {
            builder.sslContext(context);
            return this;
        }

        @Override
        public HttpClient.Builder sslParameters(SSLParameters parameters) {
            if (parameters.getCipherSuites() == null) {
                parameters.setCipherSuites(CipherOrder.cheapestFirst(CIPHERS));
            }
            builder.sslParameters(parameters);
            return this;
        }

        @Override
        public HttpClient.Builder executor(Executor executor) {
            builder.executor(executor);
            return this;
        }

        @Override
        public HttpClient.Builder followRedirects(HttpClient.Redirect policy) {
            builder.followRedirects(policy);
            return this;
        }

        @Override
        public HttpClient.Builder version(HttpClient.Version version) {
            builder.version(version);
            return this;
        }

        @Override
        public HttpClient.Builder priority(int priority) {
            builder.priority(priority);
            return this;
        }

        @Override
        public HttpClient.Builder proxy(ProxySelector selector) {
            builder.proxy(selector);
            return this;
        }

        @Override
        public HttpClient.Builder authenticator(Authenticator authenticator) {
            builder.authenticator(authenticator);
            return this;
        }

        @Override
        public HttpClient.Builder localAddress(InetAddress address) {
            builder.localAddress(address);
            return this;
        }

        @Override
        public HttpClient build() {
            return new WatchfulHttpClient(builder.build(), pulse);
        }
    }
}

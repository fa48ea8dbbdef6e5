package dev.signet.http;

import java.net.ProxySelector;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How an origin is called.
 *
 * @param connect how long a connection may take to come about, TLS included
 * @param patience how long a call may take from the connection on, to the end of its answer
 * @param connections the most that are open at once; further calls wait for {@code patience}
 * @param tls whom to trust and what to show; null for what the JVM trusts
 * @param proxies which proxy a connection goes through, if any; it is asked to CONNECT
 * @param reach to which addresses connections may go
 */
public record OriginSettings(
        Duration connect,
        Duration patience,
        int connections,
        @Nullable SSLContext tls,
        ProxySelector proxies,
        Reach reach) {

    /** No proxy. */
    public static final ProxySelector DIRECT = ProxySelector.of(null);

    /** The same for a server that a store names, where local endpoints are not allowed. */
    public OriginSettings(
            Duration connect,
            Duration patience,
            int connections,
            @Nullable SSLContext tls,
            ProxySelector proxies) {
        this(connect, patience, connections, tls, proxies, Reach.GUARDED);
    }

    /** The proxies of the JVM's properties, such as {@code https.proxyHost}. */
    public static ProxySelector proxiesOfTheJvm() {
        ProxySelector proxies = ProxySelector.getDefault();
        return proxies == null ? DIRECT : proxies;
    }
}

package dev.signet.http;

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
 */
public record OriginSettings(
        Duration connect, Duration patience, int connections, @Nullable SSLContext tls) {}

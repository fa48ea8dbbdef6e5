package dev.signet.provider.azure;

import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What the world around a session looks like; tests bring one of their own.
 *
 * @param tls whom to trust; null for those whom the JVM trusts
 * @param identityService where a machine in Azure asks for tokens of its managed identities
 * @param callLimit how long one call may take in all
 */
record Surroundings(@Nullable SSLContext tls, URI identityService, Duration callLimit) {

    /** The vault answers in tens of milliseconds; a first call also has a challenge to meet. */
    static final Duration CALL_LIMIT = Duration.ofSeconds(20);

    static final Surroundings REAL =
            new Surroundings(null, URI.create("http://169.254.169.254"), CALL_LIMIT);
}

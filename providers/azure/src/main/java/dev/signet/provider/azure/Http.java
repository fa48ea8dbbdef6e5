package dev.signet.provider.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.util.Configuration;
import com.azure.core.util.ConfigurationBuilder;
import dev.signet.http.Reach;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The HTTP client of a session, made at its first call, which vault and logins share. */
final class Http implements AutoCloseable {

    /** A service in reach accepts at once; more would only hold up the other stores' work. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Until an answer is complete. */
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);

    /** The environment's variables could switch on logs of bodies, proxies and more retries. */
    static final Configuration NO_ENVIRONMENT = new ConfigurationBuilder().build();

    private final Surroundings surroundings;
    private final Reach reach;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock:
    private @Nullable OriginHttpClient client;

    /**
     * @param reach to which addresses the hosts of the spec may lead
     */
    Http(Surroundings surroundings, Reach reach) {
        this.surroundings = surroundings;
        this.reach = reach;
    }

    HttpClient client() {
        lock.lock();
        try {
            OriginHttpClient made = client;
            if (made == null) {
                made = new OriginHttpClient(surroundings.tls(), this::reach, ANSWER_TIMEOUT);
                client = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (client != null) {
                client.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The machine's identity service is where the operator knows it to be, and not the spec. */
    private Reach reach(URI host) {
        return host.equals(surroundings.identityService()) ? Reach.ANYWHERE : reach;
    }
}

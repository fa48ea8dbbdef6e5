package dev.signet.provider.aws;

import dev.signet.provider.ReadOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The identity that this process finds around itself, in the order of the SDK's default chain: Java
 * properties, environment, a web identity token file (IRSA), profile files, the agent of Pod
 * Identity or of a container, the machine's metadata service.
 */
final class Ambient implements AutoCloseable {

    /** The chain keeps what it found, and knows better than we do when to look again. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private static final Duration LIMIT = Duration.ofSeconds(25);

    /**
     * Credentials.
     *
     * @param until when to ask for them again
     */
    record Identity(AwsCredentials credentials, Instant until) {}

    private final Wire wire;
    private final Surroundings surroundings;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable DefaultCredentialsProvider chain;

    Ambient(Wire wire, Surroundings surroundings, Clock clock) {
        this.wire = wire;
        this.surroundings = surroundings;
        this.clock = clock;
    }

    /** What the chain finds now. */
    ReadOutcome<Identity> credentials() throws InterruptedException {
        Future<AwsCredentials> pending;
        try {
            pending = wire.beside(() -> chain().resolveCredentials());
        } catch (RejectedExecutionException e) {
            return new ReadOutcome.Unavailable<>("the session with this store is closed");
        }
        try {
            AwsCredentials found = pending.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return new ReadOutcome.Found<>(new Identity(found, clock.instant().plus(KEPT)));
        } catch (InterruptedException e) {
            pending.cancel(true);
            throw e;
        } catch (TimeoutException e) {
            pending.cancel(true);
            return new ReadOutcome.Unavailable<>("this process's AWS identity is not had in time");
        } catch (ExecutionException e) {
            return none();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (chain != null) {
                chain.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** What the chain says quotes each place that it looked in, and is of no use to most. */
    private ReadOutcome<Identity> none() {
        return surroundings.hasIdentityService()
                ? new ReadOutcome.Unavailable<>(
                        "the operator's AWS identity (Pod Identity, or its ServiceAccount's role) cannot be had now")
                : new ReadOutcome.Invalid<>(
                        "the operator has no AWS identity of its own: set spec.provider.aws.auth, or give the operator's ServiceAccount a role");
    }

    private DefaultCredentialsProvider chain() {
        lock.lock();
        try {
            DefaultCredentialsProvider current = chain;
            if (current == null) {
                current = DefaultCredentialsProvider.builder().build();
                chain = current;
            }
            return current;
        } finally {
            lock.unlock();
        }
    }
}

package dev.signet.rest;

import dev.signet.http.AnswerTooLargeException;
import dev.signet.http.HttpAnswer;
import dev.signet.http.HttpCall;
import dev.signet.http.Origin;
import dev.signet.http.OriginSettings;
import dev.signet.http.Reach;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Found;
import dev.signet.provider.ReadOutcome.Invalid;
import dev.signet.provider.ReadOutcome.Unavailable;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.StoreContext;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A session's connection with a server. What it needs is read from the cluster at the first call
 * and kept; it is read again after a failed TLS handshake, so that a renewed CA is picked up, and
 * whenever the session says that it is of no use any more. Safe for many threads.
 *
 * @param <E> what is known of the other end
 */
public final class Wire<E extends End> implements AutoCloseable {

    /** Makes an end from what the spec refers to now. */
    @FunctionalInterface
    public interface Opening<E> {

        /**
         * A new end; nothing is sent to the server yet.
         *
         * @throws GeneralSecurityException when what is referred to is of no use; the message says
         *     what, and is shown
         */
        E open() throws ReferenceException, InterruptedException, GeneralSecurityException;
    }

    private final Opening<E> opening;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable E current;
    private boolean closed;
    private volatile @Nullable Failure lastFailure;

    /** Reads of one store at a time, for which more would not be faster. */
    private static final int CONNECTIONS = 64;

    /** A server in reach accepts at once; more would only hold up the other stores' work. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** A wire that is not connected yet. */
    public Wire(Opening<E> opening) {
        this.opening = opening;
    }

    /**
     * A server that a store names.
     *
     * @param patience how long a call may take
     * @throws GeneralSecurityException when the material is not what it should be; the message
     *     names its field
     */
    public static Origin origin(
            URI address, Duration patience, TlsMaterial material, StoreContext context)
            throws GeneralSecurityException {
        return new Origin(
                address,
                new OriginSettings(
                        patience.compareTo(CONNECT_TIMEOUT) < 0 ? patience : CONNECT_TIMEOUT,
                        patience,
                        CONNECTIONS,
                        Tls.context(material),
                        OriginSettings.proxiesOfTheJvm(),
                        Reach.ofStores(context.localEndpoints())));
    }

    /** The end as it is known; made if it is not. */
    public ReadOutcome<E> end() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (closed) {
                return new Unavailable<>("the session is closed");
            }
            E end = current;
            if (end == null) {
                end = opening.open();
                current = end;
            }
            return new Found<>(end);
        } catch (ReferenceException e) {
            return e.outcome();
        } catch (GeneralSecurityException e) {
            return new Invalid<>(String.valueOf(e.getMessage()));
        } finally {
            lock.unlock();
        }
    }

    /** Makes the next {@link #end()} a new one, unless it is another than {@code end} already. */
    public void forget(E end) {
        lock.lock();
        try {
            if (current != null && current.origin() == end.origin()) {
                end.origin().forgetIdle();
                current = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes a call. Found is the server's answer, whatever it says.
     *
     * @param what names what is asked for, for the message about an answer that is too large
     */
    public ReadOutcome<HttpAnswer> send(E end, HttpCall call, String what)
            throws InterruptedException {
        try {
            HttpAnswer answer = end.origin().send(call);
            lastFailure = null;
            return new Found<>(answer);
        } catch (AnswerTooLargeException e) {
            return new Invalid<>(
                    "%s answers with more than %d MiB to %s"
                            .formatted(end.server(), call.maxAnswer() >> 20, what));
        } catch (IOException e) {
            if (Failures.tls(e) != null) {
                forget(end);
            }
            String text = end.server() + " cannot be reached: " + Failures.reason(e);
            lastFailure = new Failure(text, System.nanoTime());
            return new Unavailable<>(text);
        }
    }

    /**
     * Why the server could not be reached, if that is what the last call since {@code nanos} (of
     * {@link System#nanoTime()}) came to.
     */
    public Optional<String> unreachableSince(long nanos) {
        Failure failure = lastFailure;
        return failure != null && failure.nanos() - nanos >= 0
                ? Optional.of(failure.reason())
                : Optional.empty();
    }

    /** Closes all connections; calls under way fail. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (current != null) {
                current.origin().close();
                current = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private record Failure(String reason, long nanos) {}
}

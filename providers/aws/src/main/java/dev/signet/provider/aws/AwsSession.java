package dev.signet.provider.aws;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.StoreContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of one store, shared by all its readers.
 *
 * <p>A login runs once, on a virtual thread of its own, and all readers who need its end wait for
 * the same end: one that is interrupted spoils nothing for the others. Credentials that near their
 * end are replaced beside the readers, who go on with the old ones.
 */
final class AwsSession implements AutoCloseable {

    /** After a login that was of no use, how long refusals are believed without another one. */
    static final Duration BELIEF = Duration.ofMinutes(1);

    /** After a login that failed while the old credentials still served, until the next. */
    static final Duration QUIET = Duration.ofSeconds(5);

    private final Login login;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock:
    private @Nullable Held held;
    private @Nullable CompletableFuture<ReadOutcome<Held>> pending;
    private Instant believedUntil = Instant.MIN;
    private Instant quietUntil = Instant.MIN;
    private boolean closed;

    AwsSession(Login login, StoreContext context) {
        this.login = login;
        this.clock = context.clock();
    }

    /** Credentials to send now; logs in where it must. */
    ReadOutcome<Held> credentials() throws InterruptedException {
        CompletableFuture<ReadOutcome<Held>> end;
        lock.lockInterruptibly();
        try {
            Held current = held;
            Instant now = clock.instant();
            boolean usable = current != null && !current.expired(now);
            if (current != null && usable) {
                if (current.due(now) && !now.isBefore(quietUntil)) {
                    CompletableFuture<ReadOutcome<Held>> _ = join();
                }
                return new ReadOutcome.Found<>(current);
            }
            end = join();
        } finally {
            lock.unlock();
        }
        return await(end);
    }

    /**
     * What to do about credentials that a service did not know: Found with another generation is
     * new ones to repeat the call with, Found with the same means that the refusal stands.
     */
    ReadOutcome<Held> afterRefusal(Held refused) throws InterruptedException {
        CompletableFuture<ReadOutcome<Held>> end;
        lock.lockInterruptibly();
        try {
            Held current = held;
            if (current != null && current.generation() != refused.generation()) {
                return new ReadOutcome.Found<>(current);
            }
            if (clock.instant().isBefore(believedUntil)) {
                return new ReadOutcome.Found<>(refused);
            }
            end = join();
        } finally {
            lock.unlock();
        }
        ReadOutcome<Held> next = await(end);
        if (next instanceof ReadOutcome.Found<Held>(Held found) && found.sameAs(refused)) {
            refusedAgain();
            return new ReadOutcome.Found<>(refused);
        }
        return next;
    }

    /** Takes note that a call was refused with credentials that had just been made for it. */
    void refusedAgain() {
        lock.lock();
        try {
            believedUntil = clock.instant().plus(BELIEF);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            held = null;
        } finally {
            lock.unlock();
        }
        login.close();
    }

    /** The login under way, or else one that is started. The caller holds the lock. */
    private CompletableFuture<ReadOutcome<Held>> join() {
        if (closed) {
            return CompletableFuture.completedFuture(
                    new ReadOutcome.Unavailable<>("the session with this store is closed"));
        }
        CompletableFuture<ReadOutcome<Held>> running = pending;
        if (running != null) {
            return running;
        }
        CompletableFuture<ReadOutcome<Held>> started = new CompletableFuture<>();
        pending = started;
        Thread.ofVirtual().name("aws-login").start(() -> login(started));
        return started;
    }

    private void login(CompletableFuture<ReadOutcome<Held>> end) {
        ReadOutcome<Held> outcome =
                new ReadOutcome.Unavailable<>("the login to AWS failed unexpectedly");
        try {
            outcome = login.obtain();
        } catch (InterruptedException e) {
            outcome = new ReadOutcome.Unavailable<>("the login to AWS was interrupted");
        } catch (RuntimeException e) {
            outcome = Outcomes.unexpected(e);
        } finally {
            settle(outcome);
            end.complete(outcome);
        }
    }

    private void settle(ReadOutcome<Held> outcome) {
        lock.lock();
        try {
            pending = null;
            if (!(outcome instanceof ReadOutcome.Found<Held>(Held found))) {
                quietUntil = clock.instant().plus(QUIET);
            } else if (!closed) {
                held = found;
            }
        } finally {
            lock.unlock();
        }
    }

    private static ReadOutcome<Held> await(CompletableFuture<ReadOutcome<Held>> end)
            throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a login ends with an outcome", e);
        }
    }
}

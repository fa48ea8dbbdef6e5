package dev.signet.provider.azure;

import dev.signet.provider.ReadOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The token of one store, shared by all its readers. A login runs once, on a thread of its own, and
 * all who need it wait for the same end; while the old token serves, nobody waits.
 */
final class TokenSession {

    /** After a login that failed while the old token still served, how long it is left at that. */
    static final Duration QUIET = Duration.ofSeconds(30);

    /** One login. */
    @FunctionalInterface
    interface Login {

        /**
         * Logs in.
         *
         * @param claims what the vault asks of the token besides, as JSON; null for nothing
         */
        ReadOutcome<Token> run(@Nullable String claims) throws InterruptedException;
    }

    private final Login login;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock:
    private @Nullable Token held;
    private @Nullable CompletableFuture<ReadOutcome<Token>> pending;
    private Instant quietUntil = Instant.MIN;
    private boolean closed;

    TokenSession(Login login, Clock clock) {
        this.login = login;
        this.clock = clock;
    }

    /** A token to send now; logs in where it must. */
    ReadOutcome<Token> token() throws InterruptedException {
        CompletableFuture<ReadOutcome<Token>> end;
        lock.lockInterruptibly();
        try {
            Token current = held;
            Instant now = clock.instant();
            boolean usable = current != null && now.isBefore(current.expiresAt());
            boolean due =
                    current != null
                            && !now.isBefore(current.refreshAt())
                            && !now.isBefore(quietUntil);
            if (current != null && usable && !due) {
                return new ReadOutcome.Found<>(current);
            }
            end = join(null);
            if (current != null && usable) {
                // It still serves; nobody needs to wait for its successor.
                return new ReadOutcome.Found<>(current);
            }
        } finally {
            lock.unlock();
        }
        return await(end);
    }

    /** A token other than the one that the vault has refused, with the claims that it asks for. */
    ReadOutcome<Token> insteadOf(Token refused, @Nullable String claims)
            throws InterruptedException {
        CompletableFuture<ReadOutcome<Token>> end;
        lock.lockInterruptibly();
        try {
            Token current = held;
            if (current != null && current.generation() != refused.generation()) {
                return new ReadOutcome.Found<>(current);
            }
            held = null;
            end = join(claims);
        } finally {
            lock.unlock();
        }
        return await(end);
    }

    /** The token held now; null where there is none. */
    @Nullable Token current() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the session; there is nothing to revoke, for the cloud revokes no tokens. */
    void close() {
        lock.lock();
        try {
            closed = true;
            held = null;
        } finally {
            lock.unlock();
        }
    }

    /** The login under way, or else this one, started. The caller holds the lock. */
    private CompletableFuture<ReadOutcome<Token>> join(@Nullable String claims) {
        if (closed) {
            return CompletableFuture.completedFuture(
                    new ReadOutcome.Unavailable<>("the session with this store is closed"));
        }
        CompletableFuture<ReadOutcome<Token>> running = pending;
        if (running != null) {
            return running;
        }
        CompletableFuture<ReadOutcome<Token>> started = new CompletableFuture<>();
        pending = started;
        Thread.ofVirtual().name("azure-login").start(() -> run(claims, started));
        return started;
    }

    private void run(@Nullable String claims, CompletableFuture<ReadOutcome<Token>> end) {
        ReadOutcome<Token> outcome =
                new ReadOutcome.Unavailable<>("the login to Azure failed unexpectedly");
        try {
            outcome = login.run(claims);
        } catch (InterruptedException e) {
            outcome = new ReadOutcome.Unavailable<>("the login to Azure was interrupted");
        } catch (RuntimeException e) {
            outcome = Outcomes.unexpected(e);
        } finally {
            settle(outcome);
            end.complete(outcome);
        }
    }

    private void settle(ReadOutcome<Token> outcome) {
        lock.lock();
        try {
            pending = null;
            if (outcome instanceof ReadOutcome.Found<Token>(Token found)) {
                held = closed ? null : found;
            } else {
                quietUntil = clock.instant().plus(QUIET);
            }
        } finally {
            lock.unlock();
        }
    }

    private static ReadOutcome<Token> await(CompletableFuture<ReadOutcome<Token>> end)
            throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a login ends with an outcome", e);
        }
    }
}

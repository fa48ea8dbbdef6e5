package dev.signet.provider.vault;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.StoreContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The token of one store, shared by all its readers.
 *
 * <p>Whatever changes the token (a login, a renewal, the check of one that was refused) runs once,
 * on a virtual thread of its own, and all readers who need its end wait for the same end. So a
 * reader that is interrupted spoils nothing for the others, and a login that fails is answered to
 * all who waited for it.
 */
final class VaultSession implements AutoCloseable {

    /** After a login that was of no use, how long refusals are believed without another one. */
    static final Duration BELIEF = Duration.ofMinutes(1);

    /** After a change that failed while the old token still served, how long it is left at that. */
    static final Duration QUIET = Duration.ofSeconds(5);

    /** How long closing may hold up a shutdown that has other stores to close. */
    private static final Duration CLOSING = Duration.ofSeconds(4);

    private final TokenService service;
    private final VaultConnection connection;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock:
    private @Nullable Held held;
    private @Nullable CompletableFuture<ReadOutcome<Held>> pending;
    private Instant believedUntil = Instant.MIN;
    private Instant quietUntil = Instant.MIN;
    private boolean closed;

    VaultSession(TokenService service, VaultConnection connection, StoreContext context) {
        this.service = service;
        this.connection = connection;
        this.clock = context.clock();
    }

    /** A token to send now; logs in or renews where it must. */
    ReadOutcome<Held> token() throws InterruptedException {
        CompletableFuture<ReadOutcome<Held>> end;
        lock.lockInterruptibly();
        try {
            Held current = held;
            Instant now = clock.instant();
            boolean usable = current != null && !current.expired(now);
            if (current != null && usable && (!current.due(now) || now.isBefore(quietUntil))) {
                return new ReadOutcome.Found<>(current);
            }
            end =
                    current != null && usable && current.renewable()
                            ? join(() -> renewOrReplace(current))
                            : join(service::obtain);
            if (current != null && usable) {
                // It still serves; nobody needs to wait for its successor.
                return new ReadOutcome.Found<>(current);
            }
        } finally {
            lock.unlock();
        }
        return await(end);
    }

    /**
     * What to do about a token that a read was refused with: Found with another generation is a new
     * token to repeat the read with, Found with the same one means that the refusal stands.
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
            end = join(() -> replace(refused));
        } finally {
            lock.unlock();
        }
        return await(end);
    }

    /** Takes note that a read was refused with a token that had just been made for it. */
    void refusedAgain() {
        lock.lock();
        try {
            believedUntil = clock.instant().plus(BELIEF);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the server accepts this identity now: Found, or why not. */
    ReadOutcome<Held> verify() throws InterruptedException {
        CompletableFuture<ReadOutcome<Held>> end;
        lock.lockInterruptibly();
        try {
            Held current = held;
            end = join(() -> verified(current));
        } finally {
            lock.unlock();
        }
        return await(end);
    }

    /**
     * Revokes the token if it is this session's own, for a few seconds at most, and disconnects.
     */
    @Override
    public void close() {
        Held last;
        CompletableFuture<ReadOutcome<Held>> running;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            last = held;
            held = null;
            running = pending;
        } finally {
            lock.unlock();
        }
        Thread closing = Thread.ofVirtual().start(() -> end(last, running));
        try {
            closing.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }

    private void end(@Nullable Held last, @Nullable CompletableFuture<ReadOutcome<Held>> running) {
        try {
            if (last != null && last.revocable()) {
                service.revoke(last);
            }
            if (running != null) {
                running.get(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            // What could not be revoked in time ends with its lease.
        }
    }

    /** The change under way, or else this one, started. The caller holds the lock. */
    private CompletableFuture<ReadOutcome<Held>> join(Retries.Try<Held> change) {
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
        Thread.ofVirtual().name("vault-token").start(() -> change(change, started));
        return started;
    }

    private void change(Retries.Try<Held> change, CompletableFuture<ReadOutcome<Held>> end) {
        ReadOutcome<Held> outcome =
                new ReadOutcome.Unavailable<>("the login to Vault failed unexpectedly");
        try {
            outcome = change.run();
        } catch (InterruptedException e) {
            outcome = new ReadOutcome.Unavailable<>("the login to Vault was interrupted");
        } catch (RuntimeException e) {
            outcome = Outcomes.unexpected(e);
        } finally {
            settle(outcome);
            end.complete(outcome);
        }
    }

    private void settle(ReadOutcome<Held> outcome) {
        Held orphan = null;
        lock.lock();
        try {
            pending = null;
            if (outcome instanceof ReadOutcome.Found<Held>(Held found)) {
                if (closed) {
                    orphan = found;
                } else {
                    held = found;
                }
            } else {
                quietUntil = clock.instant().plus(QUIET);
            }
        } finally {
            lock.unlock();
        }
        if (orphan != null) {
            end(orphan, null);
        }
    }

    private ReadOutcome<Held> renewOrReplace(Held current) throws InterruptedException {
        ReadOutcome<Held> renewed = service.renew(current);
        if (renewed instanceof ReadOutcome.Found<Held>) {
            return renewed;
        }
        // A server that cannot renew may still log in: a token at the end of its life is one that
        // some servers answer with an error of their own.
        ReadOutcome<Held> next = service.obtain();
        Instant now = clock.instant();
        boolean serves = renewed instanceof ReadOutcome.Unavailable<Held> && !current.expired(now);
        return serves && next instanceof ReadOutcome.Unavailable<Held>
                ? new ReadOutcome.Found<>(current.postponed(now))
                : next;
    }

    private ReadOutcome<Held> replace(Held refused) throws InterruptedException {
        return switch (service.method()) {
            case LoginMethod.None none -> new ReadOutcome.Found<>(refused);
            case LoginMethod.GivenToken given -> reread(refused);
            case LoginMethod.Exchange exchange ->
                    // The refusal may be meant for the path and not for the token.
                    switch (service.lookUp(refused)) {
                        case ReadOutcome.Found<JsonObject> known ->
                                new ReadOutcome.Found<>(refused);
                        case ReadOutcome.Unavailable<JsonObject> down -> down.withoutValue();
                        case ReadOutcome<JsonObject> unknown -> service.obtain();
                    };
        };
    }

    private ReadOutcome<Held> reread(@Nullable Held before) throws InterruptedException {
        ReadOutcome<Held> now = service.obtain();
        return before != null
                        && now instanceof ReadOutcome.Found<Held>(Held read)
                        && read.sameToken(before)
                ? new ReadOutcome.Found<>(before)
                : now;
    }

    private ReadOutcome<Held> verified(@Nullable Held current) throws InterruptedException {
        boolean exchanged = service.method() instanceof LoginMethod.Exchange;
        if (exchanged && (current == null || current.expired(clock.instant()))) {
            return service.obtain();
        }
        ReadOutcome<Held> candidate =
                exchanged && current != null ? new ReadOutcome.Found<>(current) : reread(current);
        if (!(candidate instanceof ReadOutcome.Found<Held>(Held token))) {
            return candidate;
        }
        return switch (service.lookUp(token)) {
            case ReadOutcome.Found<JsonObject> known -> candidate;
            case ReadOutcome.Denied<JsonObject> unknown when exchanged -> service.obtain();
            case ReadOutcome<JsonObject> other -> other.withoutValue();
        };
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

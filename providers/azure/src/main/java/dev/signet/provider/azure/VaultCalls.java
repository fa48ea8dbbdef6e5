package dev.signet.provider.azure;

import com.azure.core.exception.HttpResponseException;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.StoreContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls of the SDK and turns what comes of them into outcomes: with a token, within a time
 * limit, and not while the vault wants to be left alone.
 */
final class VaultCalls {

    /** After a token that was made anew was refused too, how long refusals are believed. */
    static final Duration BELIEF = Duration.ofMinutes(1);

    private static final int UNAUTHORIZED = 401;

    /**
     * What came of a call.
     *
     * @param refusal what the vault said in place of an answer; null where it did not refuse
     */
    record Attempt<T>(ReadOutcome<T> outcome, @Nullable Refusal refusal) {}

    private final String vault;
    private final VaultConnection connection;
    private final TokenSession tokens;
    private final StatusRules rules;
    private final AzureCalls calls;
    private final Pause pause;
    private final Clock clock;
    private final Duration limit;
    private volatile @Nullable Failure lastFailure;
    private volatile Instant believedUntil = Instant.MIN;

    VaultCalls(
            URI vault,
            VaultConnection connection,
            TokenSession tokens,
            StoreContext context,
            Duration limit) {
        this.vault = vault.toString();
        this.connection = connection;
        this.tokens = tokens;
        this.rules = new StatusRules(this.vault);
        this.calls = new AzureCalls(context.calls());
        this.pause = new Pause(context.clock());
        this.clock = context.clock();
        this.limit = limit;
    }

    /**
     * One call, made a second time with another token if the first one is refused.
     *
     * @param name of the call in metrics
     * @param what is asked for, in messages
     */
    <T> Attempt<T> run(String name, String what, Callable<T> call) throws InterruptedException {
        var resting = pause.<T>now();
        if (resting.isPresent()) {
            return new Attempt<>(resting.get(), null);
        }
        // A login that fails need not trouble the vault, which would be asked for its challenge.
        ReadOutcome<Token> token = tokens.token();
        if (!(token instanceof ReadOutcome.Found<Token>(Token used))) {
            return new Attempt<>(token.withoutValue(), null);
        }
        Attempt<T> first = attempt(name, what, call);
        if (!isUnauthorized(first) || clock.instant().isBefore(believedUntil)) {
            return first;
        }
        // The token may have been taken back before its time.
        connection.forgetTokens();
        ReadOutcome<Token> next = tokens.insteadOf(used, null);
        if (!(next instanceof ReadOutcome.Found<Token>)) {
            return new Attempt<>(next.withoutValue(), null);
        }
        Attempt<T> second = attempt(name, what, call);
        if (isUnauthorized(second)) {
            believedUntil = clock.instant().plus(BELIEF);
        }
        return second;
    }

    /**
     * Why the vault could not be reached, if that is what the last call since {@code nanos} (of
     * {@link System#nanoTime()}) came to.
     */
    Optional<String> unreachableSince(long nanos) {
        Failure failure = lastFailure;
        return failure != null && failure.nanos() - nanos >= 0
                ? Optional.of(failure.reason())
                : Optional.empty();
    }

    private <T> Attempt<T> attempt(String name, String what, Callable<T> call)
            throws InterruptedException {
        Attempt<T> attempt = attempt(what, call);
        pause.after(calls.ended(name, attempt.outcome()));
        return attempt;
    }

    private <T> Attempt<T> attempt(String what, Callable<T> call) throws InterruptedException {
        try {
            T answer = Deadline.run(call, limit);
            lastFailure = null;
            return new Attempt<>(new ReadOutcome.Found<>(answer), null);
        } catch (TimeoutException e) {
            return new Attempt<>(unreachable(e), null);
        } catch (ExecutionException e) {
            return failed(what, e);
        }
    }

    private <T> Attempt<T> failed(String what, ExecutionException e) {
        var login = Causes.of(e, LoginFailedException.class);
        if (login.isPresent()) {
            return new Attempt<>(login.get().outcome().withoutValue(), null);
        }
        Optional<Refusal> refused =
                Causes.of(e, HttpResponseException.class)
                        .map(HttpResponseException::getResponse)
                        .filter(BoundedAnswer.class::isInstance)
                        .map(answer -> ((BoundedAnswer) answer).refusal());
        if (refused.isPresent()) {
            lastFailure = null;
            return new Attempt<>(rules.outcome(refused.get(), what), refused.get());
        }
        if (Causes.isOfTheTransport(e)) {
            return new Attempt<>(unreachable(e), null);
        }
        lastFailure = null;
        return new Attempt<>(
                new ReadOutcome.Unavailable<>(
                        "the answer of Key Vault %s for %s cannot be used (%s)"
                                .formatted(vault, what, Causes.kind(e))),
                null);
    }

    private <T> ReadOutcome<T> unreachable(Exception e) {
        String reason = "Key Vault %s cannot be reached: %s".formatted(vault, Causes.reason(e));
        lastFailure = new Failure(reason, System.nanoTime());
        return new ReadOutcome.Unavailable<>(reason);
    }

    private static boolean isUnauthorized(Attempt<?> attempt) {
        Refusal refusal = attempt.refusal();
        return refusal != null && refusal.status() == UNAUTHORIZED;
    }

    private record Failure(String reason, long nanos) {}
}

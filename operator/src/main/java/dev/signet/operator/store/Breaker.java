package dev.signet.operator.store;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Unavailable;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowSynchronizationStrategy;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a backend alone that gives no answers: after {@link #CALLS} calls in a row without one,
 * nothing is asked for {@link #REST}, and then one call tries again.
 *
 * <p>All of them, and not some: a store may be shared, and one tenant whose reads fail must not
 * take it from the others. Denied and missing are answers. A backend that says when to come back
 * has answered too, and is left alone by whoever was told so. Safe for any number of threads.
 */
final class Breaker {

    private static final Logger log = LoggerFactory.getLogger(Breaker.class);

    static final int CALLS = 10;
    static final Duration REST = Duration.ofSeconds(10);

    /** While another tries. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final String store;
    private final boolean shared;
    private final Clock clock;
    private final CircuitBreaker breaker;
    private volatile Instant restsUntil = Instant.MIN;
    private volatile String lastReason = "";

    /**
     * @param store how messages name the store
     * @param shared whether several namespaces use it, so that what one asked for is not told to
     *     the others; the log has it
     */
    Breaker(String store, boolean shared, Clock clock) {
        this.store = store;
        this.shared = shared;
        this.clock = clock;
        this.breaker =
                CircuitBreaker.of(
                        store,
                        CircuitBreakerConfig.custom()
                                .slidingWindow(
                                        CALLS,
                                        CALLS,
                                        SlidingWindowType.COUNT_BASED,
                                        SlidingWindowSynchronizationStrategy.LOCK_FREE)
                                .failureRateThreshold(100)
                                .permittedNumberOfCallsInHalfOpenState(1)
                                .waitDurationInOpenState(REST)
                                .clock(clock)
                                .build());
        breaker.getEventPublisher()
                .onStateTransition(event -> moved(event.getStateTransition().getToState()));
    }

    /**
     * Asks to make a call: empty if it may be made, and then {@link #answered} or {@link
     * #abandoned} must follow; otherwise the answer that is given in its place.
     */
    Optional<Unavailable<Object>> enter() {
        return breaker.tryAcquirePermission() ? Optional.empty() : Optional.of(refusal());
    }

    /** As {@link #enter} would say now, for a call that has to wait before it can be made. */
    Optional<Unavailable<Object>> resting() {
        return isResting() ? Optional.of(refusal()) : Optional.empty();
    }

    boolean isResting() {
        return breaker.getState() == State.OPEN && clock.instant().isBefore(restsUntil);
    }

    /** Whether nobody but one who tries may make a call. */
    boolean isLeftAlone() {
        return breaker.getState() != State.CLOSED;
    }

    /** The call came to these outcomes, of which one is enough to show that somebody answers. */
    void answered(Collection<? extends ReadOutcome<?>> outcomes) {
        String failure = "";
        for (ReadOutcome<?> outcome : outcomes) {
            switch (outcome) {
                case ReadOutcome.Found<?> found -> {
                    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
                    return;
                }
                case ReadOutcome.Missing<?> missing -> {
                    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
                    return;
                }
                case ReadOutcome.Denied<?> denied -> {
                    breaker.onSuccess(0, TimeUnit.NANOSECONDS);
                    return;
                }
                case Unavailable<?>(String reason, Optional<Duration> retryAfter) -> {
                    if (retryAfter.isEmpty()) {
                        failure = reason;
                    } else if (breaker.getState() == State.HALF_OPEN) {
                        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
                        return;
                    }
                }
                case ReadOutcome.Invalid<?> invalid -> {
                    // It may have been seen without a call.
                }
            }
        }
        if (failure.isEmpty()) {
            abandoned();
        } else {
            lastReason = failure;
            breaker.onError(0, TimeUnit.NANOSECONDS, new NoAnswer());
        }
    }

    /** The call was not made to its end, which says nothing of the backend. */
    void abandoned() {
        breaker.releasePermission();
    }

    /** The backend is known to be back. */
    void recovered() {
        if (breaker.getState() != State.CLOSED) {
            breaker.transitionToClosedState();
        }
    }

    private Unavailable<Object> refusal() {
        Duration rest = Duration.between(clock.instant(), restsUntil);
        return new Unavailable<>(
                "%s is left alone for a while, as none of its last %d calls was answered%s"
                        .formatted(store, CALLS, shared ? "" : "; the last: " + lastReason),
                Optional.of(rest.compareTo(MOMENT) < 0 ? MOMENT : rest));
    }

    private void moved(State to) {
        if (to == State.OPEN) {
            restsUntil = clock.instant().plus(REST);
            log.atWarn()
                    .addKeyValue("store", store)
                    .addKeyValue("cause", lastReason)
                    .log("store left alone, its backend gives no answers");
        } else if (to == State.CLOSED) {
            log.atInfo().addKeyValue("store", store).log("store in use again");
        }
    }

    /** The library wants an exception, and looks at nothing but its type. It has no stack. */
    private static final class NoAnswer extends Exception {

        private static final long serialVersionUID = 1L;

        NoAnswer() {
            super("no answer", null, false, false);
        }
    }
}

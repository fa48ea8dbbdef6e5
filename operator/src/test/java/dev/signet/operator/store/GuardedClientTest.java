package dev.signet.operator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Denied;
import dev.signet.provider.ReadOutcome.Found;
import dev.signet.provider.ReadOutcome.Invalid;
import dev.signet.provider.ReadOutcome.Missing;
import dev.signet.provider.ReadOutcome.Unavailable;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreHealth;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class GuardedClientTest {

    private static final RemoteRef REF = RemoteRef.of("db");
    private static final RemoteRef OTHER = RemoteRef.of("other");
    private static final ReadOutcome<SecretValue> FOUND = new Found<>(SecretValue.ofUtf8("v"));
    private static final ReadOutcome<SecretValue> DEAD = new Unavailable<>("connection refused");
    private static final String RESTING =
            "SecretStore team-a/vault is left alone for a while, as none of its last 10 calls was answered;"
                    + " the last: connection refused";

    /** The end of a rest belongs to it. */
    private static final Duration OVER = Breaker.REST.plusMillis(1);

    private final MovableClock clock = new MovableClock();
    private final Backend backend = new Backend();
    private final GuardedClient client =
            new GuardedClient(backend, new Breaker("SecretStore team-a/vault", false, clock), 4);

    @Test
    void backendThatNeverAnswersIsLeftAloneAndTheAnswerSaysSo() throws Exception {
        backend.says(DEAD);
        read(Breaker.CALLS);
        assertThat(client.isResting()).isTrue();
        assertThat(read()).isEqualTo(new Unavailable<>(RESTING, Optional.of(Breaker.REST)));
        assertThat(client.extract(Set.of(REF, OTHER)))
                .hasSize(2)
                .allSatisfy((_, outcome) ->
                        assertThat(outcome)
                                .isEqualTo(new Unavailable<>(RESTING, Optional.of(Breaker.REST))));
        assertThat(client.find(new FindQuery("", "", Map.of())))
                .isEqualTo(new Unavailable<>(RESTING, Optional.of(Breaker.REST)));
        assertThat(backend.calls).hasValue(Breaker.CALLS);
    }

    @Test
    void afterTheRestOneCallTriesAndItsAnswerDecides() throws Exception {
        backend.says(DEAD);
        read(Breaker.CALLS);
        clock.pass(Duration.ofSeconds(4));
        assertThat(read())
                .isEqualTo(new Unavailable<>(RESTING, Optional.of(Duration.ofSeconds(6))));
        clock.pass(Duration.ofSeconds(6).plusMillis(1));
        assertThat(read()).isEqualTo(DEAD);
        assertThat(client.isResting()).isTrue();
        read(5);
        assertThat(backend.calls).hasValue(Breaker.CALLS + 1);
        backend.says(FOUND);
        clock.pass(OVER);
        assertThat(read()).isEqualTo(FOUND);
        assertThat(read()).isEqualTo(FOUND);
        assertThat(backend.calls).hasValue(Breaker.CALLS + 3);
    }

    @Test
    void whileOneTriesTheOthersAreToldToComeBackInAMoment() throws Exception {
        backend.says(DEAD);
        read(Breaker.CALLS);
        clock.pass(OVER);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        backend.says(() -> {
            asked.countDown();
            awaited(go);
            return FOUND;
        });
        CompletableFuture<ReadOutcome<SecretValue>> first = beside();
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(read())
                .isEqualTo(new Unavailable<>(RESTING, Optional.of(Duration.ofSeconds(1))));
        go.countDown();
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(FOUND);
        assertThat(read()).isEqualTo(FOUND);
    }

    @Test
    void deniedAndMissingAndBusyAndInvalidAreNoFailures() throws Exception {
        for (ReadOutcome<SecretValue> outcome :
                List.<ReadOutcome<SecretValue>>of(
                        new Denied<>("no"),
                        new Missing<>("db"),
                        new Invalid<>("no such property"),
                        new Unavailable<>("busy", Optional.of(Duration.ofSeconds(2))))) {
            backend.says(outcome);
            for (int i = 0; i < 3 * Breaker.CALLS; i++) {
                assertThat(read()).isEqualTo(outcome);
            }
        }
        assertThat(client.isResting()).isFalse();
    }

    @Test
    void whoIsBusyIsThere() throws Exception {
        backend.says(DEAD);
        read(Breaker.CALLS);
        clock.pass(OVER);
        backend.says(new Unavailable<>("busy", Optional.of(Duration.ofSeconds(2))));
        read();

        assertThat(client.isLeftAlone()).isFalse();
    }

    /** One tenant of a shared store could take it from the others by reads that fail. */
    @Test
    void oneAnswerAmongManyFailuresIsEnough() throws Exception {
        for (int i = 0; i < 10; i++) {
            backend.says(DEAD);
            read(Breaker.CALLS - 1);
            backend.says(new Denied<>("no"));
            read(1);
        }
        assertThat(client.isResting()).isFalse();
        assertThat(backend.calls).hasValue(10 * Breaker.CALLS);
    }

    @Test
    void whoeverGivesUpSaysNothingOfTheBackend() throws Exception {
        backend.says(() -> {
            throw new IllegalStateException("a defect");
        });
        for (int i = 0; i < 3 * Breaker.CALLS; i++) {
            assertThatThrownBy(this::read).isInstanceOf(IllegalStateException.class);
        }
        assertThat(client.isResting()).isFalse();
        backend.says(DEAD);
        read(Breaker.CALLS);
        clock.pass(OVER);
        backend.says(() -> {
            throw new IllegalStateException("a defect");
        });
        assertThatThrownBy(this::read).isInstanceOf(IllegalStateException.class);
        // The place of the one that tries is free again.
        backend.says(FOUND);
        assertThat(read()).isEqualTo(FOUND);
    }

    @Test
    void validationIsMadeAllTheSameAndABackendThatIsBackIsUsedAtOnce() throws Exception {
        backend.says(DEAD);
        backend.health = new StoreHealth.Unusable("connection refused");
        read(Breaker.CALLS);
        assertThat(client.validate()).isInstanceOf(StoreHealth.Unusable.class);
        assertThat(client.isResting()).isTrue();
        backend.health = new StoreHealth.Valid();
        backend.says(FOUND);
        client.validate();
        assertThat(read()).isEqualTo(FOUND);
    }

    @Test
    void validityThatNeverWasInDoubtIsNoSignOfRecovery() throws Exception {
        client.validate();
        backend.says(DEAD);
        read(Breaker.CALLS);
        client.validate();
        assertThat(client.isResting()).isTrue();
    }

    @Test
    void noMoreThanSoManyReadAtOnceAndARestIsNotWaitedFor() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch four = new CountDownLatch(4);
        AtomicInteger most = new AtomicInteger();
        AtomicInteger now = new AtomicInteger();
        backend.says(() -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            four.countDown();
            awaited(go);
            now.decrementAndGet();
            return FOUND;
        });
        CompletableFuture<?>[] all = new CompletableFuture<?>[12];
        for (int i = 0; i < all.length; i++) {
            all[i] = beside();
        }
        assertThat(four.await(10, TimeUnit.SECONDS)).isTrue();
        go.countDown();
        CompletableFuture.allOf(all).get(10, TimeUnit.SECONDS);
        assertThat(most).hasValue(4);
        assertThat(backend.calls).hasValue(12);
    }

    private ReadOutcome<SecretValue> read() throws InterruptedException {
        return client.read(Set.of(REF)).get(REF);
    }

    private void read(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            read();
        }
    }

    private CompletableFuture<ReadOutcome<SecretValue>> beside() {
        CompletableFuture<ReadOutcome<SecretValue>> end = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        end.complete(read());
                    } catch (InterruptedException | RuntimeException e) {
                        end.completeExceptionally(e);
                    }
                });
        return end;
    }

    private static void awaited(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody let it go");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Backend implements SecretClient {

        final AtomicInteger calls = new AtomicInteger();
        volatile StoreHealth health = new StoreHealth.Valid();
        private volatile Supplier<ReadOutcome<SecretValue>> answer = () -> FOUND;

        void says(ReadOutcome<SecretValue> outcome) {
            answer = () -> outcome;
        }

        void says(Supplier<ReadOutcome<SecretValue>> outcome) {
            answer = outcome;
        }

        @Override
        public Map<RemoteRef, ReadOutcome<SecretValue>> read(Set<RemoteRef> refs) {
            calls.incrementAndGet();
            Map<RemoteRef, ReadOutcome<SecretValue>> outcomes = new HashMap<>();
            refs.forEach(ref -> outcomes.put(ref, answer.get()));
            return outcomes;
        }

        @Override
        public Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> extract(Set<RemoteRef> refs) {
            throw new AssertionError("not asked for here");
        }

        @Override
        public ReadOutcome<Map<String, SecretValue>> find(FindQuery query) {
            throw new AssertionError("not asked for here");
        }

        @Override
        public StoreHealth validate() {
            return health;
        }

        @Override
        public void close() {}
    }

    @Test
    void whatTheLastAskedForIsNotToldToOthersOfASharedStore() throws Exception {
        backend.says(DEAD);
        GuardedClient shared =
                new GuardedClient(backend, new Breaker("ClusterSecretStore all", true, clock), 4);
        for (int i = 0; i < Breaker.CALLS; i++) {
            shared.read(Set.of(REF));
        }

        assertThat(shared.read(Set.of(REF)).get(REF))
                .isEqualTo(
                        new Unavailable<>(
                                "ClusterSecretStore all is left alone for a while, as none of its last 10 calls was answered",
                                Optional.of(Breaker.REST)));
    }

    private static final class MovableClock extends Clock {

        private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

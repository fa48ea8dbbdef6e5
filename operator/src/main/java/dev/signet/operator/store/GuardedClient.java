package dev.signet.operator.store;

import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Unavailable;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreHealth;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * A client behind its store's limits: so many reads at once, the rest waits; and none while its
 * backend is left alone. A validation is neither held up nor refused, for it is what finds out that
 * the backend is back.
 */
final class GuardedClient implements SecretClient {

    private final SecretClient client;
    private final Breaker breaker;
    private final Semaphore places;
    private volatile boolean wasValid = true;

    private interface Call<A> {
        A make() throws InterruptedException;
    }

    GuardedClient(SecretClient client, Breaker breaker, int callsAtOnce) {
        this.client = client;
        this.breaker = breaker;
        this.places = new Semaphore(callsAtOnce);
    }

    @Override
    public Map<RemoteRef, ReadOutcome<SecretValue>> read(Set<RemoteRef> refs)
            throws InterruptedException {
        return guarded(() -> client.read(refs), Map::values, away -> all(refs, away));
    }

    @Override
    public Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> extract(Set<RemoteRef> refs)
            throws InterruptedException {
        return guarded(() -> client.extract(refs), Map::values, away -> all(refs, away));
    }

    @Override
    public ReadOutcome<Map<String, SecretValue>> find(FindQuery query) throws InterruptedException {
        return guarded(() -> client.find(query), List::of, Unavailable::withoutValue);
    }

    @Override
    public StoreHealth validate() throws InterruptedException {
        StoreHealth health = client.validate();
        boolean valid = health instanceof StoreHealth.Valid;
        if (valid && !wasValid) {
            breaker.recovered();
        }
        wasValid = valid;
        return health;
    }

    @Override
    public void close() {
        client.close();
    }

    boolean isResting() {
        return breaker.isResting();
    }

    boolean isLeftAlone() {
        return breaker.isLeftAlone();
    }

    private <A> A guarded(
            Call<A> call,
            Function<A, Collection<? extends ReadOutcome<?>>> outcomes,
            Function<Unavailable<Object>, A> refused)
            throws InterruptedException {
        Optional<Unavailable<Object>> resting = breaker.resting();
        if (resting.isPresent()) {
            return refused.apply(resting.get());
        }
        places.acquire();
        try {
            Optional<Unavailable<Object>> refusal = breaker.enter();
            return refusal.isPresent() ? refused.apply(refusal.get()) : watched(call, outcomes);
        } finally {
            places.release();
        }
    }

    private <A> A watched(Call<A> call, Function<A, Collection<? extends ReadOutcome<?>>> outcomes)
            throws InterruptedException {
        boolean ended = false;
        try {
            A answer = call.make();
            ended = true;
            breaker.answered(outcomes.apply(answer));
            return answer;
        } finally {
            if (!ended) {
                breaker.abandoned();
            }
        }
    }

    private static <T> Map<RemoteRef, ReadOutcome<T>> all(
            Set<RemoteRef> refs, Unavailable<Object> away) {
        Map<RemoteRef, ReadOutcome<T>> outcomes = new HashMap<>();
        refs.forEach(ref -> outcomes.put(ref, away.withoutValue()));
        return outcomes;
    }
}

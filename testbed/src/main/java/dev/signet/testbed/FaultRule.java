package dev.signet.testbed;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Which requests meet a {@link Fault}, how often, and how many have. Safe for any number of threads
 * where the random source is.
 */
public final class FaultRule {

    private final Predicate<ProxiedRequest> requests;
    private final Fault fault;
    private final double chance;
    private final RandomGenerator random;
    private final int most;
    private final AtomicInteger hits = new AtomicInteger();

    private FaultRule(
            Predicate<ProxiedRequest> requests,
            Fault fault,
            double chance,
            RandomGenerator random,
            int most) {
        this.requests = requests;
        this.fault = fault;
        this.chance = chance;
        this.random = random;
        this.most = most;
    }

    /** Every such request meets the fault. */
    public static FaultRule of(Predicate<ProxiedRequest> requests, Fault fault) {
        return new FaultRule(requests, fault, 1, () -> 0, Integer.MAX_VALUE);
    }

    /** A new rule that hits this share of the requests, between 0 and 1, as {@code random} says. */
    public FaultRule withChance(double share, RandomGenerator source) {
        return new FaultRule(requests, fault, share, source, most);
    }

    /** A new rule that has no effect after so many hits. */
    public FaultRule atMost(int count) {
        return new FaultRule(requests, fault, chance, random, count);
    }

    /** How many requests have met the fault by this rule. */
    public int hits() {
        return hits.get();
    }

    Fault fault() {
        return fault;
    }

    /** Whether this request meets the fault; counts it if so. */
    boolean strikes(ProxiedRequest request) {
        if (!requests.test(request) || (chance < 1 && random.nextDouble() >= chance)) {
            return false;
        }
        return hits.getAndUpdate(count -> Math.min(count + 1, most)) < most;
    }
}

package dev.signet.testbed;

import java.util.Random;

/**
 * Where a test's chance begins: a fresh number each time, which is printed, or the one that {@code
 * -Dsignet.seed=} gives, so that a failure can be had again.
 */
public record Seed(long number) {

    /** The seed of this run. */
    public static Seed ofThisRun() {
        Long given = Long.getLong("signet.seed");
        Seed seed = new Seed(given == null ? System.nanoTime() & 0xffff_ffffL : given);
        System.out.println(seed);
        return seed;
    }

    /** A source that gives the same for the same seed and the same name. */
    public Random random(String name) {
        return new Random(number * 31 + name.hashCode());
    }

    @Override
    public String toString() {
        return "the seed is " + number + "; again with -Dsignet.seed=" + number;
    }
}

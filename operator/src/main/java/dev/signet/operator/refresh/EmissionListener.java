package dev.signet.operator.refresh;

import java.time.Duration;

/** Is told of each key that leaves the queue. */
@FunctionalInterface
public interface EmissionListener {

    /** Tells nobody. */
    EmissionListener NONE = (priority, late) -> {};

    /**
     * A key is about to be handed on.
     *
     * @param priority the priority it left with
     * @param late how long after its due time; never negative
     */
    void emitted(Priority priority, Duration late);
}

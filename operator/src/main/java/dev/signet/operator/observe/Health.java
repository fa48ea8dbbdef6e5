package dev.signet.operator.observe;

/** Whether the operator is ready. Both are asked on each probe, so they must be quick. */
public interface Health {

    /** Whether all controllers have started. */
    boolean started();

    /** Whether all caches have been filled once. */
    boolean cachesSynced();
}

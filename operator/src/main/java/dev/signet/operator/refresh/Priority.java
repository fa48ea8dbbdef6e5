package dev.signet.operator.refresh;

/** Why an object waits for a sync; of the entries that are due, the first named goes first. */
public enum Priority {
    /** Something happened: the object changed, a receiver was called, a sync was asked for. */
    TRIGGER,
    /** The object has not been synchronised since it was first seen. */
    NEW,
    /** The last sync failed. */
    RETRY,
    /** Its refresh interval has passed. */
    PERIODIC;

    /** Whether it must never wait behind refreshes; such entries have places of their own. */
    boolean urgent() {
        return this == TRIGGER || this == NEW;
    }
}

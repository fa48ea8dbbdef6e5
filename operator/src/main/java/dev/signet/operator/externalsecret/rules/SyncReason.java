package dev.signet.operator.externalsecret.rules;

/** Why a sync is due. */
public enum SyncReason {
    /** It has never succeeded. */
    NEVER_SYNCED,
    /** The spec, a label or an annotation of the ExternalSecret is not what was synced last. */
    CHANGED,
    /** The last sync lies in the future: the clock was wrong then, or is now. */
    CLOCK_WENT_BACK,
    /** The refresh interval is over. */
    INTERVAL_OVER,
    /** The target is not there. */
    TARGET_MISSING,
    /** The target lacks the mark that it is managed. */
    TARGET_UNMARKED,
    /** The target's data is not what was written. */
    TARGET_CHANGED
}

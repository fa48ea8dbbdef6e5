package dev.signet.operator.externalsecret;

import java.time.Duration;
import java.util.Optional;

/** A sync could not be finished. Nothing was lost: the target is as it was. */
final class SyncException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 4_096;

    static final String READ = "could not get secret data from provider";
    static final String WRITE = "could not update secret";
    static final String DELETE = "could not delete secret";
    static final String ORPHANS = "could not delete orphaned secrets";
    static final String OWNED = "target is owned by another ExternalSecret";
    static final String OWNERSHIP = "failed to take ownership of target secret";
    static final String SPEC = "invalid spec";

    private final String text;
    private final boolean retry;
    private final Duration retryAfter;

    private SyncException(String text, boolean retry, Duration retryAfter) {
        super(text);
        // A status that is too large would never be written.
        this.text = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        this.retry = retry;
        this.retryAfter = retryAfter;
    }

    /** A failure that may go away by itself. */
    static SyncException passing(String what, String cause) {
        return new SyncException(what + ": " + cause, true, Duration.ZERO);
    }

    /** A failure that may go away, but not before the time that the backend asked for. */
    static SyncException passing(String what, String cause, Optional<Duration> retryAfter) {
        return new SyncException(what + ": " + cause, true, retryAfter.orElse(Duration.ZERO));
    }

    /** A failure that stays until somebody changes an object; that change is seen by a watch. */
    static SyncException lasting(String what, String cause) {
        return new SyncException(what + ": " + cause, false, Duration.ZERO);
    }

    /** What the Ready condition says: what failed, then why. */
    String text() {
        return text;
    }

    /** Whether trying again without a change of any object may help. */
    boolean retry() {
        return retry;
    }

    /** The least time before the next try; zero when the backend asked for none. */
    Duration retryAfter() {
        return retryAfter;
    }
}

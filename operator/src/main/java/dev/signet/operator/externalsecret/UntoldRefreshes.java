package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecretStatus;
import dev.signet.operator.refresh.ObjectKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Refreshes that the status does not tell of, because nothing came of them and the status was
 * written a short while ago. Safe for any number of threads.
 */
final class UntoldRefreshes {

    /** How long refreshes may go untold. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private final ConcurrentMap<ObjectKey, Untold> refreshes = new ConcurrentHashMap<>();

    /**
     * The last refresh of an object.
     *
     * @param told the time that its status has
     */
    private record Untold(String uid, String told, String refreshTime) {}

    /**
     * Whether {@code after} is not to be written, for nothing but its time is news and it is soon.
     * Its time is kept here then.
     *
     * @param before the status as {@link #addedTo} gave it
     */
    boolean keeps(
            ObjectKey key, String uid, ExternalSecretStatus before, ExternalSecretStatus after) {
        if (!after.equals(withTime(before, after.refreshTime()))) {
            return false;
        }
        Untold last = refreshes.get(key);
        String told =
                last != null
                                && last.uid().equals(uid)
                                && last.refreshTime().equals(before.refreshTime())
                        ? last.told()
                        : before.refreshTime();
        if (!isSoon(told, after.refreshTime())) {
            return false;
        }
        refreshes.put(key, new Untold(uid, told, after.refreshTime()));
        return true;
    }

    /** The status with the time of the last refresh, where {@code told} is the last one told. */
    ExternalSecretStatus addedTo(ObjectKey key, String uid, ExternalSecretStatus told) {
        Untold last = refreshes.get(key);
        return last != null && last.uid().equals(uid) && last.told().equals(told.refreshTime())
                ? withTime(told, last.refreshTime())
                : told;
    }

    /** The status was written, or the object is gone. */
    void forget(ObjectKey key) {
        refreshes.remove(key);
    }

    private static boolean isSoon(String told, String now) {
        try {
            Instant last = Instant.parse(told);
            Instant then = Instant.parse(now);
            // A clock that was put back must not hold the status up for as long.
            return !then.isBefore(last) && then.isBefore(last.plus(LONGEST));
        } catch (DateTimeException e) {
            // It was never told, or somebody else wrote it in a form of his own.
            return false;
        }
    }

    private static ExternalSecretStatus withTime(ExternalSecretStatus status, String refreshTime) {
        return new ExternalSecretStatus(
                refreshTime, status.syncedResourceVersion(), status.conditions(), status.binding());
    }
}

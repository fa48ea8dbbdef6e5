package dev.signet.operator.externalsecret;

import java.time.Duration;
import java.time.Instant;

/** When an ExternalSecret is to be looked at again, unless something happens before. */
sealed interface Next {

    /** Only a change of some object asks for another look. */
    record Never() implements Next {}

    /** A refresh is due then. */
    record Refresh(Instant due) implements Next {}

    /**
     * It failed, and is tried again.
     *
     * @param atLeast the least wait
     */
    record Retry(Duration atLeast) implements Next {}

    /** The API server was away, and it is tried again. */
    record Outage() implements Next {}

    /**
     * Its store has no verdict yet.
     *
     * @param forced what {@link Ask#forced} was, for the turn that will come of it
     */
    record Undecided(boolean forced) implements Next {}

    /** It failed in a way that only a change of some object can mend. */
    record Stuck() implements Next {}
}

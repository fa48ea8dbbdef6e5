package dev.signet.provider.aws;

import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * Credentials that a session holds.
 *
 * @param generation counts the credentials of a session
 * @param from when they were obtained
 * @param until when they end
 */
record Held(AwsCredentials credentials, long generation, Instant from, Instant until) {

    /** Time for a request under way to arrive while its credentials are still good. */
    private static final Duration MARGIN = Duration.ofSeconds(20);

    private static final Duration LONGEST_LEAD = Duration.ofMinutes(10);

    /** Whether they are no longer to be used. */
    boolean expired(Instant now) {
        return !now.isBefore(until.minus(MARGIN));
    }

    /** Whether successors should be obtained: in the last third of their life, or ten minutes. */
    boolean due(Instant now) {
        Duration third = Duration.between(from, until).dividedBy(3);
        Duration lead = third.compareTo(LONGEST_LEAD) < 0 ? third : LONGEST_LEAD;
        return !now.isBefore(until.minus(lead));
    }

    /** Whether both are the same credentials, whenever they were obtained. */
    boolean sameAs(Held other) {
        return credentials.equals(other.credentials);
    }

    /** Shows no credentials. */
    @Override
    public String toString() {
        return "Held[" + generation + ", until " + until + "]";
    }
}

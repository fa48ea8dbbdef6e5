package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecretStatus;
import dev.signet.api.StatusCondition;
import java.util.List;
import java.util.stream.Collectors;

/** What is said of values that came from a fallback, and when it is news. */
final class FallbackNews {

    private static final String BEGIN = "secret synced from the fallback ";
    private static final int LONGEST_DETAIL = 500;

    private FallbackNews() {}

    /**
     * The message of the Ready condition after a sync. As long as the same fallbacks serve for the
     * same cause it stays as it was, also where the backend puts it in other words each time.
     */
    static String message(ExternalSecretStatus before, List<Substitute> substitutes) {
        if (substitutes.isEmpty()) {
            return Reasons.SECRET_SYNCED;
        }
        String begin = begin(substitutes);
        String last = last(before);
        return last.startsWith(begin)
                ? last
                : begin
                        + " ("
                        + shortened(
                                substitutes.stream()
                                        .map(Substitute::detail)
                                        .distinct()
                                        .collect(Collectors.joining("; ")))
                        + ")";
    }

    /** Whether these fallbacks did not serve before, or for another cause. */
    static boolean isNews(ExternalSecretStatus before, List<Substitute> substitutes) {
        return !substitutes.isEmpty() && !last(before).startsWith(begin(substitutes));
    }

    /** Whether a fallback served until now. */
    static boolean isOver(ExternalSecretStatus before, List<Substitute> substitutes) {
        return substitutes.isEmpty() && last(before).startsWith(BEGIN);
    }

    private static String begin(List<Substitute> substitutes) {
        return substitutes.stream()
                .map(substitute -> substitute.fallback() + ", as " + substitute.why())
                .collect(Collectors.joining(", and from ", BEGIN, ""));
    }

    private static String shortened(String detail) {
        return detail.length() <= LONGEST_DETAIL
                ? detail
                : detail.substring(0, LONGEST_DETAIL) + "...";
    }

    private static String last(ExternalSecretStatus before) {
        return before.condition(StatusCondition.READY).map(StatusCondition::message).orElse("");
    }
}

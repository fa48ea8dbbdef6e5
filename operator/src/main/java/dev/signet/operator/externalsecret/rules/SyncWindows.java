package dev.signet.operator.externalsecret.rules;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When periodic refreshes may run ({@code spec.syncWindows}).
 *
 * <p>Schedules are read in UTC (see {@link Cron}). A window that cannot be read is left out; where
 * nothing but such windows is given, {@code allow} permits nothing and {@code deny} everything.
 * {@code @every} counts from the Unix epoch.
 */
public final class SyncWindows {

    /** Beyond so many windows without a gap, the end is not looked for in one go. */
    private static final int STEPS = 10_000;

    private static final SyncWindows ALWAYS = new SyncWindows(false, List.of());

    private final boolean allow;
    private final List<Window> windows;

    private SyncWindows(boolean allow, List<Window> windows) {
        this.allow = allow;
        this.windows = windows;
    }

    /** No restriction. */
    public static SyncWindows always() {
        return ALWAYS;
    }

    /** One window, as written in the spec. */
    public record Entry(String schedule, String duration) {}

    /**
     * The windows of a spec.
     *
     * @param kind {@code allow} or {@code deny}; anything else restricts nothing
     * @param entries the windows; none restricts nothing
     */
    public static SyncWindows of(String kind, List<Entry> entries) {
        boolean allow = kind.equals("allow");
        if (entries.isEmpty() || !(allow || kind.equals("deny"))) {
            return ALWAYS;
        }
        List<Window> windows =
                entries.stream()
                        .flatMap(e -> Window.parse(e.schedule(), e.duration()).stream())
                        .toList();
        return new SyncWindows(allow, windows);
    }

    /** Whether a periodic refresh may run at {@code time}. */
    public boolean isOpen(Instant time) {
        return allow == windows.stream().anyMatch(window -> window.covers(time));
    }

    /**
     * The first time at or after {@code from} at which a periodic refresh may run; empty where no
     * such time comes within five years. In windows that close thousands of times without a gap, a
     * time up to which they are certainly closed: ask again then.
     */
    public Optional<Instant> nextOpening(Instant from) {
        if (isOpen(from)) {
            return Optional.of(from);
        }
        if (allow) {
            return windows.stream()
                    .flatMap(window -> window.beginFrom(from).stream())
                    .min(Comparator.naturalOrder());
        }
        return Optional.of(endOfDenial(from));
    }

    private Instant endOfDenial(Instant from) {
        Instant time = from;
        for (int step = 0; step < STEPS; step++) {
            Instant now = time;
            Optional<Instant> end =
                    windows.stream()
                            .flatMap(window -> window.endAround(now).stream())
                            .max(Comparator.naturalOrder());
            if (end.isEmpty()) {
                return time;
            }
            // The end itself is still denied.
            time = end.get().plusSeconds(1);
        }
        return time;
    }
}

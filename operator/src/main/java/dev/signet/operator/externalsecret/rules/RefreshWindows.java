package dev.signet.operator.externalsecret.rules;

import dev.signet.api.SyncWindows;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When periodic refreshes may run ({@code spec.syncWindows}).
 *
 * <p>Schedules are read in UTC (see {@link Cron}). A window that cannot be read is left out; where
 * nothing but such windows is given, {@code allow} permits nothing and {@code deny} everything.
 * {@code @every} counts from the Unix epoch.
 */
public final class RefreshWindows {

    /** Beyond so many windows without a gap, the end is not looked for in one go. */
    private static final int STEPS = 10_000;

    private static final RefreshWindows ALWAYS = new RefreshWindows(false, List.of());

    private final boolean allow;
    private final List<Window> windows;

    private RefreshWindows(boolean allow, List<Window> windows) {
        this.allow = allow;
        this.windows = windows;
    }

    /** No restriction. */
    public static RefreshWindows always() {
        return ALWAYS;
    }

    /**
     * The windows of a spec. None at all, no entries, or a kind other than {@code allow} and {@code
     * deny} restrict nothing.
     */
    public static RefreshWindows of(@Nullable SyncWindows spec) {
        if (spec == null || spec.windows().isEmpty()) {
            return ALWAYS;
        }
        boolean allow = spec.kind().equals("allow");
        if (!allow && !spec.kind().equals("deny")) {
            return ALWAYS;
        }
        List<Window> windows =
                spec.windows().stream()
                        .flatMap(w -> Window.parse(w.schedule(), w.duration()).stream())
                        .toList();
        return new RefreshWindows(allow, windows);
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

package dev.signet.operator.observe;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** The parts that must go on for the operator to be alive. Safe for any number of threads. */
public final class Heartbeats {

    /** A part that may stop without a word. */
    public enum Part {
        /** The queue hands turns on. */
        QUEUE,
        /** What was written comes back through the watch. */
        WATCH,
        /** SealedSecrets that are due are looked at. */
        UNSEALING;

        /** As metrics, logs and probes name it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Map<Part, Heartbeat> hearts = new EnumMap<>(Part.class);

    /**
     * Hearts that have just beaten, and are taken for dead {@code patience} after their last beat.
     */
    public Heartbeats(Duration patience) {
        this(patience, System::nanoTime);
    }

    Heartbeats(Duration patience, LongSupplier nanos) {
        for (Part part : Part.values()) {
            hearts.put(part, new Heartbeat(patience, nanos));
        }
    }

    /** The part goes on. */
    public void beat(Part part) {
        heart(part).beat();
    }

    /** One line about the first part that does not go on; empty where all do. */
    public Optional<String> dead() {
        return hearts.entrySet().stream()
                .filter(entry -> !entry.getValue().alive())
                .map(entry ->
                        "no heartbeat of the %s for %d s"
                                .formatted(
                                        entry.getKey().label(), entry.getValue().age().toSeconds()))
                .findFirst();
    }

    /** Shows the seconds since each part's last beat. */
    void show(BiConsumer<Part, ToDoubleFunction<Part>> gauge) {
        hearts.keySet().forEach(part -> gauge.accept(part, this::seconds));
    }

    private double seconds(Part part) {
        return heart(part).age().toMillis() / 1_000.0;
    }

    private Heartbeat heart(Part part) {
        Heartbeat heart = hearts.get(part);
        if (heart == null) {
            throw new IllegalStateException("each part has a heart");
        }
        return heart;
    }
}

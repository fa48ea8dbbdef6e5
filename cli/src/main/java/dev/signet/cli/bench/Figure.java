package dev.signet.cli.bench;

import java.time.Duration;

/**
 * One thing that was measured.
 *
 * @param key its name in JSON, which says the unit
 * @param label its name for people
 */
record Figure(String key, String label, double value, Unit unit) {

    private static final double NANOS = 1e9;

    /** The same, named as a figure of a part of the work. */
    Figure of(String part) {
        return new Figure(part + "_" + key, part + ": " + label, value, unit);
    }

    static Figure seconds(String key, String label, Duration value) {
        return new Figure(key + "_s", label, value.toNanos() / NANOS, Unit.SECONDS);
    }

    static Figure milliseconds(String key, String label, double value) {
        return new Figure(key + "_ms", label, value, Unit.MILLISECONDS);
    }

    static Figure megabytes(String key, String label, long bytes) {
        return new Figure(key + "_mb", label, bytes / 1e6, Unit.MEGABYTES);
    }

    static Figure count(String key, String label, long value) {
        return new Figure(key, label, (double) value, Unit.COUNT);
    }

    static Figure times(String key, String label, double value) {
        return new Figure(key, label, value, Unit.TIMES);
    }
}

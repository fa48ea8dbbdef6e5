package dev.signet.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what a manifest leaves out as the empty value, as Go does. */
public final class Absent {

    private static final int PHRASE = 32;

    private Absent() {}

    /** The text, or the empty one. */
    public static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The text, or {@code fallback} where it is absent or empty. */
    public static String text(@Nullable String text, String fallback) {
        return text == null || text.isEmpty() ? fallback : text;
    }

    /**
     * A word that many objects share, such as a policy or a kind: the same text, held in memory
     * once for all of them.
     */
    public static String word(@Nullable String word) {
        return text(word).intern();
    }

    /** As {@link #word(String)}, or {@code fallback} where it is absent or empty. */
    public static String word(@Nullable String word, String fallback) {
        return text(word, fallback).intern();
    }

    /** The text, or the empty one; held once for all if it is as short as a set phrase. */
    public static String phrase(@Nullable String text) {
        String present = text(text);
        return present.length() <= PHRASE ? present.intern() : present;
    }

    /** The value, or {@code fallback}. */
    public static <T> T or(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }

    /** An unmodifiable list without null items; empty for an absent one. */
    public static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }

    /** An unmodifiable map in the order given, without null values; empty for an absent one. */
    public static <V> Map<String, V> map(@Nullable Map<String, V> map) {
        if (map == null || map.isEmpty()) {
            return Map.of();
        }
        Map<String, V> copy = new LinkedHashMap<>(map);
        copy.values().removeIf(Objects::isNull);
        return Collections.unmodifiableMap(copy);
    }
}

package dev.signet.sealed;

import dev.signet.provider.SecretValue;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What came of opening the values of one object: all of them, or none. */
public sealed interface Opened {

    /**
     * All were opened.
     *
     * @param values by key
     * @param openedBy fingerprints of the keys that opened them
     */
    record Values(Map<String, SecretValue> values, Set<String> openedBy) implements Opened {

        /** Both are copied. */
        public Values {
            values = Map.copyOf(values);
            openedBy = Set.copyOf(openedBy);
        }
    }

    /**
     * At least one was not.
     *
     * @param problems what is wrong, by key
     * @param untried how many values were not tried after these
     */
    record Unopened(SortedMap<String, String> problems, int untried) implements Opened {

        /** What no key of the ring opens. */
        static final String NO_KEY = "no key could decrypt secret";

        /** All values were tried. */
        public Unopened(SortedMap<String, String> problems) {
            this(problems, 0);
        }

        /** Whether another key or scope could help with one of them. */
        public boolean wantsAnotherKey() {
            return problems.containsValue(NO_KEY);
        }

        /**
         * As Bitnami's controller tells it, in an order that stays the same: a line for each
         * problem, with the keys that have it. Where values were not tried, a last line says so.
         */
        public String message() {
            return untried == 0 ? said() : said() + "\n" + left();
        }

        /** How many were not tried; empty where all were. */
        public String left() {
            return switch (untried) {
                case 0 -> "";
                case 1 -> "1 more value was not tried";
                default -> untried + " more values were not tried";
            };
        }

        /** What is wrong with those that were tried. */
        public String said() {
            SortedMap<String, Set<String>> keys = new TreeMap<>();
            problems.forEach(
                    (key, text) -> keys.computeIfAbsent(text, t -> new TreeSet<>()).add(key));
            return keys.entrySet().stream()
                    .map(e -> e.getKey() + joined(e.getValue()))
                    .collect(Collectors.joining("\n"));
        }

        private static String joined(Set<String> keys) {
            StringJoiner joiner = new StringJoiner(", ", " (", ")");
            keys.forEach(joiner::add);
            return joiner.toString();
        }
    }
}

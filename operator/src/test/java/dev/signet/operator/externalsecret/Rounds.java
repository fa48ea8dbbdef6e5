package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecretTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one ExternalSecret asks for, what it was answered in each round, and what of a target that
 * explains.
 *
 * @param name its name and its target's
 * @param creation its creation policy
 * @param deletion its deletion policy
 * @param values how many values it asks for one by one
 * @param extracts how many secrets it takes the members of
 * @param finds how many searches it makes
 */
record Rounds(
        String name,
        String creation,
        String deletion,
        int values,
        int extracts,
        int finds,
        List<Round> all) {

    /** The key that somebody else put into the target before all else, where the policy merges. */
    static final String FOREIGN = "foreign";

    /** What became of one question. */
    enum Fate {
        FOUND,
        /** A search that nothing matches; for any other question as {@link #FOUND}. */
        EMPTY,
        MISSING,
        DENIED,
        UNAVAILABLE,
        INVALID,
        NO_ANSWER,
        THROWN;

        boolean isAnswer() {
            return this == FOUND || this == EMPTY || this == MISSING;
        }
    }

    /**
     * The answers to all questions of one look.
     *
     * @param whim what the backend was up to all through the round
     * @param fates by question; a look that was cut short has fewer than it asks
     */
    record Round(int number, int whim, Map<String, Fate> fates) {}

    /** What is asked: {@code v0}, {@code e0}, {@code f0} and so on. */
    List<String> questions() {
        List<String> questions = new ArrayList<>();
        // In the order in which they are asked.
        for (int i = 0; i < extracts; i++) {
            questions.add("e" + i);
        }
        for (int i = 0; i < finds; i++) {
            questions.add("f" + i);
        }
        for (int i = 0; i < values; i++) {
            questions.add("v" + i);
        }
        return questions;
    }

    /** The keys that a question's answer becomes. */
    static List<String> keys(String question) {
        return question.startsWith("v")
                ? List.of(question)
                : List.of(question + "a", question + "b");
    }

    /** What a round's value of a key is. */
    static String value(int round, String key) {
        return "round " + round + " of " + key;
    }

    boolean merges() {
        return creation.equals(ExternalSecretTarget.MERGE)
                || creation.equals(ExternalSecretTarget.CREATE_OR_MERGE);
    }

    boolean isRefused() {
        boolean none = creation.equals(ExternalSecretTarget.NONE);
        return (deletion.equals(ExternalSecretTarget.DELETE) && (merges() || none))
                || (deletion.equals(ExternalSecretTarget.MERGE) && none);
    }

    /**
     * What the target is after a round, by the letter of the policies: its data, nothing where it
     * is deleted, or no word where the round changes nothing.
     */
    Optional<Optional<SortedMap<String, String>>> after(Round round) {
        List<String> questions = questions();
        boolean complete =
                round.fates().keySet().containsAll(questions)
                        && round.fates().values().stream().allMatch(Fate::isAnswer);
        boolean missing = round.fates().containsValue(Fate.MISSING);
        boolean retain = deletion.equals(ExternalSecretTarget.RETAIN);
        if (!complete || isRefused() || creation.equals(ExternalSecretTarget.NONE)) {
            return Optional.empty();
        }
        if (missing && retain) {
            return Optional.empty();
        }
        SortedMap<String, String> data = new TreeMap<>();
        for (String question : questions) {
            if (isFound(question, round.fates().get(question))) {
                keys(question).forEach(key -> data.put(key, value(round.number(), key)));
            }
        }
        if (data.isEmpty() && retain) {
            return Optional.empty();
        }
        if (data.isEmpty() && deletion.equals(ExternalSecretTarget.DELETE)) {
            // One that is not its own is not deleted.
            return creation.equals(ExternalSecretTarget.OWNER)
                    ? Optional.of(Optional.empty())
                    : Optional.empty();
        }
        if (merges()) {
            data.put(FOREIGN, "stays");
        }
        return Optional.of(Optional.of(data));
    }

    private static boolean isFound(String question, Fate fate) {
        return fate == Fate.FOUND || (fate == Fate.EMPTY && !question.startsWith("f"));
    }

    /**
     * Whether the target may have been in these states one after the other: each is what a round
     * made of it that came after the round which explains the state before.
     *
     * @param states data, or nothing for a deleted target, as they were seen first to last
     * @return what cannot be explained; empty where all can
     */
    Optional<String> unexplained(List<Optional<SortedMap<String, String>>> states) {
        int from = 0;
        for (Optional<SortedMap<String, String>> state : states) {
            int at = from;
            while (at < all.size() && !after(all.get(at)).equals(Optional.of(state))) {
                at++;
            }
            if (at == all.size()) {
                return Optional.of(
                        "%s (%s, %s) became %s, which no answer since round %d permits; the rounds since: %s"
                                .formatted(
                                        name,
                                        creation,
                                        deletion,
                                        state.<Object>map(data -> data).orElse("deleted"),
                                        from,
                                        all.subList(from, all.size())));
            }
            from = at + 1;
        }
        return Optional.empty();
    }
}

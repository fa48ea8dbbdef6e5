package dev.signet.operator.externalsecret;

import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** What is asked of one store, and what it answered. */
final class Questions {

    final Set<RemoteRef> refs = new LinkedHashSet<>();
    final Set<RemoteRef> extracts = new LinkedHashSet<>();
    final Set<FindQuery> finds = new LinkedHashSet<>();
    final Map<RemoteRef, ReadOutcome<SecretValue>> values = new HashMap<>();
    final Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> maps = new HashMap<>();
    final Map<FindQuery, ReadOutcome<Map<String, SecretValue>>> found = new LinkedHashMap<>();

    /** Asks all; the answers are kept here. */
    Questions ask(SecretClient client) throws InterruptedException {
        if (!extracts.isEmpty()) {
            maps.putAll(client.extract(extracts));
        }
        for (FindQuery query : finds) {
            found.put(query, client.find(query));
        }
        if (!refs.isEmpty()) {
            values.putAll(client.read(refs));
        }
        return this;
    }

    /** The same questions, not asked yet. */
    Questions again() {
        Questions again = new Questions();
        again.refs.addAll(refs);
        again.extracts.addAll(extracts);
        again.finds.addAll(finds);
        return again;
    }

    /** The answers, in the order of the questions. */
    List<ReadOutcome<?>> answers() {
        return Stream.of(
                        extracts.stream().map(maps::get),
                        finds.stream().map(found::get),
                        refs.stream().map(values::get))
                .flatMap(outcomes -> outcomes)
                .filter(Objects::nonNull)
                .<ReadOutcome<?>>map(outcome -> outcome)
                .toList();
    }

    boolean isUnanswered() {
        return answers().stream()
                .anyMatch(answer ->
                        answer instanceof ReadOutcome.Unavailable<?> away
                                // One that says when to come back has answered.
                                && away.retryAfter().isEmpty());
    }

    /**
     * Turns the answers into those of a fallback: what it does not have is no reason to delete
     * anything.
     *
     * @param whose what each failure begins with
     */
    void areOfFallback(String whose) {
        maps.replaceAll((ref, outcome) -> ofFallback(outcome, whose));
        found.replaceAll((query, outcome) -> ofFallback(outcome, whose));
        values.replaceAll((ref, outcome) -> ofFallback(outcome, whose));
    }

    private static <T> ReadOutcome<T> ofFallback(ReadOutcome<T> outcome, String whose) {
        return switch (outcome) {
            case ReadOutcome.Found<T> has -> has;
            case ReadOutcome.Missing<T> gone ->
                    new ReadOutcome.Invalid<>(whose + "there is no " + gone.what());
            case ReadOutcome.Denied<T> denied -> new ReadOutcome.Denied<>(whose + denied.reason());
            case ReadOutcome.Invalid<T> invalid ->
                    new ReadOutcome.Invalid<>(whose + invalid.reason());
            case ReadOutcome.Unavailable<T> away ->
                    new ReadOutcome.Unavailable<>(whose + away.reason(), away.retryAfter());
        };
    }
}

package dev.signet.operator.externalsecret;

import dev.signet.operator.externalsecret.Rounds.Fate;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreHealth;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers at random, or all alike when told so, and keeps a record of it. Remote keys are {@code
 * NAME/QUESTION} with the name of the ExternalSecret that asks. One look at an ExternalSecret ends
 * before the next begins, and asks in a fixed order, so the first question begins a round.
 */
final class MoodyClient implements SecretClient {

    /** How it feels. */
    enum Mood {
        RANDOM,
        ALL_FOUND,
        ALL_MISSING
    }

    private static final List<Fate> HARD =
            List.of(
                    Fate.FOUND,
                    Fate.EMPTY,
                    Fate.MISSING,
                    Fate.MISSING,
                    Fate.DENIED,
                    Fate.UNAVAILABLE,
                    Fate.INVALID);

    private final Random random;
    private final Map<String, Rounds> rounds = new ConcurrentHashMap<>();
    private volatile Mood mood = Mood.RANDOM;

    MoodyClient(Random random) {
        this.random = random;
    }

    void serves(Rounds of) {
        rounds.put(of.name(), of);
    }

    void feels(Mood now) {
        mood = now;
    }

    @Override
    public Map<RemoteRef, ReadOutcome<SecretValue>> read(Set<RemoteRef> refs)
            throws InterruptedException {
        Map<RemoteRef, ReadOutcome<SecretValue>> answers = new HashMap<>();
        for (RemoteRef ref : refs) {
            answer(ref.key(), values -> values.values().iterator().next())
                    .ifPresent(answer -> answers.put(ref, answer));
        }
        return answers;
    }

    @Override
    public Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> extract(Set<RemoteRef> refs)
            throws InterruptedException {
        Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> answers = new HashMap<>();
        for (RemoteRef ref : refs) {
            answer(ref.key(), values -> values).ifPresent(answer -> answers.put(ref, answer));
        }
        return answers;
    }

    @Override
    public ReadOutcome<Map<String, SecretValue>> find(FindQuery query) throws InterruptedException {
        return MoodyClient.<ReadOutcome<Map<String, SecretValue>>>orNull(
                answer(query.path(), values -> values));
    }

    /** A provider that breaks its word about null is a misbehaving one, too. */
    @SuppressWarnings("NullAway")
    private static <T> T orNull(Optional<T> answer) {
        return answer.orElse(null);
    }

    @Override
    public StoreHealth validate() {
        return mood == Mood.RANDOM && random.nextInt(15) == 0
                ? new StoreHealth.Unusable("it is in a bad mood")
                : new StoreHealth.Valid();
    }

    @Override
    public void close() {
        // It is used again.
    }

    private interface Shape<T> {
        T of(Map<String, SecretValue> values);
    }

    private <T> Optional<ReadOutcome<T>> answer(String key, Shape<T> shape)
            throws InterruptedException {
        String[] parts = key.split("/", 2);
        Rounds asker = rounds.get(parts[0]);
        String question = parts[1];
        if (question.equals(asker.questions().getFirst())) {
            begin(asker);
        }
        Rounds.Round round = asker.all().getLast();
        Fate fate = fate(round, question);
        round.fates().put(question, fate);
        if (random.nextInt(50) == 0) {
            Thread.sleep(random.nextInt(100));
        }
        return switch (fate) {
            case FOUND -> Optional.of(new ReadOutcome.Found<>(shape.of(values(round, question))));
            case EMPTY ->
                    Optional.of(
                            new ReadOutcome.Found<>(
                                    shape.of(
                                            question.startsWith("f")
                                                    ? Map.of()
                                                    : values(round, question))));
            case MISSING -> Optional.of(new ReadOutcome.Missing<>(question));
            case DENIED -> Optional.of(new ReadOutcome.Denied<>("may not read " + question));
            case UNAVAILABLE ->
                    Optional.of(
                            new ReadOutcome.Unavailable<>(
                                    "is away", Optional.of(Duration.ofMillis(1))));
            case INVALID -> Optional.of(new ReadOutcome.Invalid<>("makes no sense of " + question));
            case NO_ANSWER -> Optional.empty();
            case THROWN -> throw new IllegalStateException("a defect");
        };
    }

    private void begin(Rounds asker) {
        int number = asker.all().size();
        Map<String, Fate> fates = new ConcurrentHashMap<>();
        asker.all().add(new Rounds.Round(number, random.nextInt(10), fates));
    }

    private Fate fate(Rounds.Round round, String question) {
        return switch (mood) {
            case ALL_FOUND -> Fate.FOUND;
            case ALL_MISSING -> Fate.MISSING;
            case RANDOM ->
                    switch (round.whim()) {
                        case 0, 1 -> Fate.FOUND;
                        case 2, 3 -> Fate.MISSING;
                        case 4 -> question.startsWith("f") ? Fate.EMPTY : Fate.MISSING;
                        case 5, 6 -> HARD.get(random.nextInt(3));
                        case 7 -> random.nextInt(3) == 0 ? Fate.NO_ANSWER : Fate.MISSING;
                        case 8 -> random.nextInt(5) == 0 ? Fate.THROWN : Fate.MISSING;
                        default -> HARD.get(random.nextInt(HARD.size()));
                    };
        };
    }

    private static Map<String, SecretValue> values(Rounds.Round round, String question) {
        Map<String, SecretValue> values = new HashMap<>();
        for (String key : Rounds.keys(question)) {
            values.put(key, SecretValue.ofUtf8(Rounds.value(round.number(), key)));
        }
        return values;
    }
}

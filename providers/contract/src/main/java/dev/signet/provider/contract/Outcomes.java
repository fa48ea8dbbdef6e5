package dev.signet.provider.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Short questions to a client, for tests. */
public final class Outcomes {

    private Outcomes() {}

    /** What a client answers to one reference alone. */
    public static ReadOutcome<SecretValue> read(SecretClient client, RemoteRef ref)
            throws InterruptedException {
        Map<RemoteRef, ReadOutcome<SecretValue>> answers = client.read(Set.of(ref));
        assertThat(answers).containsOnlyKeys(ref);
        return Objects.requireNonNull(answers.get(ref));
    }

    /** What is inside the secret of one reference. */
    public static ReadOutcome<Map<String, SecretValue>> extract(SecretClient client, RemoteRef ref)
            throws InterruptedException {
        Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> answers = client.extract(Set.of(ref));
        assertThat(answers).containsOnlyKeys(ref);
        return Objects.requireNonNull(answers.get(ref));
    }

    /** The value that must have been found. */
    public static <T> T found(ReadOutcome<T> outcome) {
        if (outcome instanceof ReadOutcome.Found<T>(T value)) {
            return value;
        }
        throw new AssertionError("nothing found: " + outcome);
    }

    /** The text that must have been found. */
    public static String text(ReadOutcome<SecretValue> outcome) {
        return found(outcome).utf8();
    }

    /** The texts that must have been found, by key. */
    public static Map<String, String> texts(ReadOutcome<Map<String, SecretValue>> outcome) {
        Map<String, String> texts = new TreeMap<>();
        found(outcome).forEach((key, value) -> texts.put(key, value.utf8()));
        return texts;
    }
}

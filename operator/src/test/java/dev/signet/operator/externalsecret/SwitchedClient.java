package dev.signet.operator.externalsecret;

import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreHealth;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Answers each question as the remote key asks it to, and is always valid. */
final class SwitchedClient implements SecretClient {

    @Override
    public Map<RemoteRef, ReadOutcome<SecretValue>> read(Set<RemoteRef> refs) {
        Map<RemoteRef, ReadOutcome<SecretValue>> answers = new HashMap<>();
        refs.forEach(ref -> answers.put(ref, answer(ref.key(), SecretValue.ofUtf8("real"))));
        return answers;
    }

    @Override
    public Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> extract(Set<RemoteRef> refs) {
        Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> answers = new HashMap<>();
        refs.forEach(ref ->
                answers.put(ref, answer(ref.key(), Map.of("a", SecretValue.ofUtf8("real")))));
        return answers;
    }

    @Override
    public ReadOutcome<Map<String, SecretValue>> find(FindQuery query) {
        return answer(query.path(), Map.of("a", SecretValue.ofUtf8("real")));
    }

    @Override
    public StoreHealth validate() {
        return new StoreHealth.Valid();
    }

    @Override
    public void close() {
        // It is used again.
    }

    private static <T> ReadOutcome<T> answer(String key, T value) {
        return switch (key) {
            case "away" -> new ReadOutcome.Unavailable<>("the backend is away");
            case "denied" -> new ReadOutcome.Denied<>("the backend refuses");
            case "gone" -> new ReadOutcome.Missing<>("secret gone");
            default -> new ReadOutcome.Found<>(value);
        };
    }
}

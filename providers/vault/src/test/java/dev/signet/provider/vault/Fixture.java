package dev.signet.provider.vault;

import dev.signet.api.store.VaultProvider;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.RetrySettings;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A session under test with what it was given, and shorthands for asking it. */
final class Fixture implements AutoCloseable {

    final FakeReferences references;
    final List<String> calls = new CopyOnWriteArrayList<>();
    final SecretClient client;

    private Fixture(
            VaultProvider spec,
            FakeReferences references,
            RetrySettings retry,
            Clock clock,
            Surroundings surroundings) {
        this.references = references;
        this.client =
                new VaultSecretProvider(surroundings)
                        .open(
                                spec,
                                new StoreContext(
                                        "SecretStore test/vault",
                                        references,
                                        retry,
                                        (provider, call, success) ->
                                                calls.add(call + (success ? "" : " failed")),
                                        clock,
                                        true));
    }

    static Fixture of(Specs spec, FakeReferences references) {
        return of(spec, references, Surroundings.of(Map.of()));
    }

    static Fixture of(Specs spec, FakeReferences references, Surroundings surroundings) {
        return new Fixture(
                spec.build(), references, RetrySettings.NONE, Clock.systemUTC(), surroundings);
    }

    static Fixture of(Specs spec, FakeReferences references, RetrySettings retry) {
        return new Fixture(
                spec.build(), references, retry, Clock.systemUTC(), Surroundings.of(Map.of()));
    }

    static Fixture of(Specs spec, FakeReferences references, Clock clock) {
        return new Fixture(
                spec.build(), references, RetrySettings.NONE, clock, Surroundings.of(Map.of()));
    }

    static FakeReferences tokenSecret(String token) {
        return new FakeReferences().secret("vault-token/token", token);
    }

    ReadOutcome<SecretValue> read(RemoteRef ref) throws InterruptedException {
        return client.read(Set.of(ref)).get(ref);
    }

    ReadOutcome<SecretValue> read(String key) throws InterruptedException {
        return read(RemoteRef.of(key));
    }

    ReadOutcome<SecretValue> read(String key, String property) throws InterruptedException {
        return read(RemoteRef.of(key, property));
    }

    ReadOutcome<Map<String, SecretValue>> extract(RemoteRef ref) throws InterruptedException {
        return client.extract(Set.of(ref)).get(ref);
    }

    long count(String call) {
        return calls.stream().filter(call::equals).count();
    }

    /** The text that was found. */
    static String text(ReadOutcome<SecretValue> outcome) {
        if (outcome instanceof ReadOutcome.Found<SecretValue>(SecretValue value)) {
            return value.utf8();
        }
        throw new AssertionError("not found, but " + outcome);
    }

    /** The texts that were found. */
    static Map<String, String> texts(ReadOutcome<Map<String, SecretValue>> outcome) {
        if (outcome instanceof ReadOutcome.Found<Map<String, SecretValue>>(var values)) {
            return values.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().utf8()));
        }
        throw new AssertionError("not found, but " + outcome);
    }

    @Override
    public void close() {
        client.close();
    }
}

package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.operator.OperatorConfig;
import dev.signet.operator.rig.Rig;
import dev.signet.operator.store.Providers;
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
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A store that validates, and whose reads get no answer: the gate in front of stores is open. */
class UnansweredReadsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int COUNT = 60;

    @Test
    void readsAreNotTriedForEachAndAllArriveWhenTheBackendIsBack() {
        Backend backend = new Backend();
        try (Rig rig =
                Rig.start(
                        OperatorConfig.DEFAULTS,
                        Providers.of(
                                Map.of(ScriptedProvider.NAME, new ScriptedProvider(backend))))) {
            Scene scene = new Scene(rig);
            rig.apply(
                    """
                    apiVersion: external-secrets.io/v1
                    kind: SecretStore
                    metadata: {name: store}
                    spec: {provider: {%s: {}}}
                    """
                            .formatted(ScriptedProvider.NAME));
            for (int i = 0; i < COUNT; i++) {
                scene.externalSecret("es-" + i, "store");
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(messages(scene))
                                    .anyMatch(message ->
                                            message.contains(
                                                    "is left alone for a while, as none of its last 10 calls was answered")));
            assertThat(messages(scene)).noneMatch(message -> message.contains("secret synced"));
            assertThat(backend.reads.get()).as("reads that were tried").isLessThan(COUNT);

            backend.dead = false;
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(messages(scene))
                                    .allMatch(message -> message.equals("secret synced")));
        }
    }

    private static List<String> messages(Scene scene) {
        return IntStream.range(0, COUNT)
                .mapToObj(i -> scene.status("es-" + i))
                .flatMap(status -> status.conditions().stream())
                .map(condition -> condition.message())
                .toList();
    }

    private static final class Backend implements SecretClient {

        final AtomicInteger reads = new AtomicInteger();
        volatile boolean dead = true;

        @Override
        public Map<RemoteRef, ReadOutcome<SecretValue>> read(Set<RemoteRef> refs) {
            reads.incrementAndGet();
            Map<RemoteRef, ReadOutcome<SecretValue>> outcomes = new HashMap<>();
            for (RemoteRef ref : refs) {
                outcomes.put(
                        ref,
                        dead
                                ? new ReadOutcome.Unavailable<>("connection refused")
                                : new ReadOutcome.Found<>(SecretValue.ofUtf8("v")));
            }
            return outcomes;
        }

        @Override
        public Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> extract(Set<RemoteRef> refs) {
            throw new AssertionError("not asked for here");
        }

        @Override
        public ReadOutcome<Map<String, SecretValue>> find(FindQuery query) {
            throw new AssertionError("not asked for here");
        }

        @Override
        public StoreHealth validate() {
            return new StoreHealth.Valid();
        }

        @Override
        public void close() {}
    }
}

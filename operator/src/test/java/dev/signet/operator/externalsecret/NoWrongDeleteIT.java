package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.ExternalSecret;
import dev.signet.api.ExternalSecretSpec;
import dev.signet.api.ExternalSecretTarget;
import dev.signet.api.StatusCondition;
import dev.signet.operator.OperatorConfig;
import dev.signet.operator.rig.Rig;
import dev.signet.operator.store.Providers;
import dev.signet.testbed.Seed;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * All combinations of policies with a backend that finds, misses, denies, is away, talks nonsense,
 * leaves answers out, throws and is slow, at random. Whatever a Secret becomes meanwhile is exactly
 * what one whole round of answers makes of it, in the order of the rounds: so none, and no key of
 * one, ever goes for any other reason than that the backend has said, with nothing left open, that
 * it is missing.
 */
class NoWrongDeleteIT {

    private static final int OF_EACH = 5;
    private static final int STORES = 5;
    private static final int LOOKS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final List<String> CREATION =
            List.of(
                    ExternalSecretTarget.OWNER,
                    ExternalSecretTarget.ORPHAN,
                    ExternalSecretTarget.MERGE,
                    ExternalSecretTarget.NONE,
                    ExternalSecretTarget.CREATE_OR_MERGE);
    private static final List<String> DELETION =
            List.of(
                    ExternalSecretTarget.RETAIN,
                    ExternalSecretTarget.DELETE,
                    ExternalSecretTarget.MERGE);

    private static final Seed SEED = Seed.ofThisRun();
    private static final MoodyClient client = new MoodyClient(SEED.random("answers"));
    private static Rig rig;

    private final Random random = SEED.random("specs");
    private final List<Rounds> all = new ArrayList<>();

    @BeforeAll
    static void start() {
        rig =
                Rig.start(
                        OperatorConfig.DEFAULTS,
                        Providers.of(Map.of(ScriptedProvider.NAME, new ScriptedProvider(client))));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void whatVanishesIsMissing() throws Exception {
        try (History history = new History();
                ExecutorService threads = Executors.newFixedThreadPool(6)) {
            make(threads);
            for (int part = 0; part < 2; part++) {
                AtomicInteger looks = new AtomicInteger();
                each(
                        threads,
                        6,
                        thread -> {
                            Random own = SEED.random("thread " + thread);
                            while (looks.incrementAndGet() < LOOKS / 2) {
                                rig.forceSync(all.get(own.nextInt(all.size())).name());
                            }
                        });
                if (part == 0) {
                    rig.stopOperator();
                    rig.startOperator();
                }
            }
            settle(threads, MoodyClient.Mood.ALL_FOUND, this::hasLatest);
            settle(threads, MoodyClient.Mood.ALL_MISSING, this::isGoneByPolicy);
            settle(threads, MoodyClient.Mood.ALL_FOUND, this::hasLatest);
            history.assertComplete();

            assertThat(all)
                    .as(SEED.toString())
                    .flatExtracting(of -> of.unexplained(history.of(of)).stream().toList())
                    .isEmpty();
            assertThat(all.stream().mapToLong(of -> history.of(of).size()).sum())
                    .as("changes seen")
                    .isGreaterThan(3L * all.size());
        }
        assertThat(rig.fatal()).isEmpty();
    }

    private void make(ExecutorService threads) throws Exception {
        for (int i = 0; i < STORES; i++) {
            rig.apply(
                    """
                    apiVersion: external-secrets.io/v1
                    kind: SecretStore
                    metadata: {name: store-%d}
                    spec: {provider: {%s: {}}}
                    """
                            .formatted(i, ScriptedProvider.NAME));
        }
        for (String creation : CREATION) {
            for (String deletion : DELETION) {
                for (int i = 0; i < OF_EACH; i++) {
                    all.add(rounds("es-" + all.size(), creation, deletion));
                }
            }
        }
        all.forEach(client::serves);
        each(threads, all.size(), i -> make(all.get(i), i));
    }

    private Rounds rounds(String name, String creation, String deletion) {
        int values = random.nextInt(3);
        int extracts = random.nextInt(2);
        int finds = values + extracts == 0 ? 1 : random.nextInt(2);
        return new Rounds(
                name, creation, deletion, values, extracts, finds, new CopyOnWriteArrayList<>());
    }

    private static void make(Rounds of, int index) {
        if (of.merges()) {
            rig.client()
                    .resource(
                            new SecretBuilder()
                                    .withNewMetadata()
                                    .withNamespace(rig.namespace())
                                    .withName(of.name())
                                    .endMetadata()
                                    .addToStringData(Rounds.FOREIGN, "stays")
                                    .build())
                    .create();
        }
        StringBuilder data = new StringBuilder();
        StringBuilder dataFrom = new StringBuilder();
        for (String question : of.questions()) {
            String key = of.name() + "/" + question;
            switch (question.charAt(0)) {
                case 'v' ->
                        data.append(
                                "{secretKey: %s, remoteRef: {key: %s}},".formatted(question, key));
                case 'e' -> dataFrom.append("{extract: {key: %s}},".formatted(key));
                default -> dataFrom.append("{find: {path: %s, name: {regexp: .}}},".formatted(key));
            }
        }
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: ExternalSecret
                metadata: {name: %s}
                spec:
                  refreshInterval: 1s
                  refreshPolicy: %s
                  secretStoreRef: {name: store-%d}
                  target: {creationPolicy: %s, deletionPolicy: %s}
                  data: [%s]
                  dataFrom: [%s]
                """
                        .formatted(
                                of.name(),
                                index % 3 == 0
                                        ? ExternalSecretSpec.ON_CHANGE
                                        : ExternalSecretSpec.PERIODIC,
                                index % STORES,
                                of.creation(),
                                of.deletion(),
                                data,
                                dataFrom));
    }

    /** Has the backend answer all alike, and waits until all is as it shall be. */
    private void settle(ExecutorService threads, MoodyClient.Mood mood, Consumer<Rounds> right)
            throws Exception {
        client.feels(mood);

        Awaitility.await().atMost(PATIENCE).until(() -> storesAreReady());

        each(threads, all.size(), i -> rig.forceSync(all.get(i).name()));
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> all.forEach(right));
    }

    private static boolean storesAreReady() {
        return rig
                .client()
                .resources(dev.signet.api.store.SecretStore.class)
                .inNamespace(rig.namespace())
                .list()
                .getItems()
                .stream()
                .allMatch(store ->
                        store.getStatus() != null
                                && store.getStatus()
                                        .condition(StatusCondition.READY)
                                        .filter(StatusCondition::isTrue)
                                        .isPresent());
    }

    private void hasLatest(Rounds of) {
        ExternalSecret es = rig.externalSecret(of.name());
        Optional<StatusCondition> ready = es.getStatus().condition(StatusCondition.READY);
        assertThat(ready).as(of.name()).isPresent();
        assertThat(ready.get().isTrue())
                .as("%s: %s", of.name(), ready.get().message())
                .isEqualTo(!of.isRefused());
        if (of.isRefused() || of.creation().equals(ExternalSecretTarget.NONE)) {
            return;
        }
        assertThat(rig.data(of.name()).keySet())
                .as(of.name())
                .isEqualTo(of.after(found(of)).orElseThrow().orElseThrow().keySet());
    }

    private void isGoneByPolicy(Rounds of) {
        boolean writes = !of.isRefused() && !of.creation().equals(ExternalSecretTarget.NONE);
        Optional<Secret> secret = rig.secret(of.name());
        if (!writes) {
            assertThat(secret.isPresent()).as(of.name()).isEqualTo(of.merges());
            return;
        }
        switch (of.deletion()) {
            case ExternalSecretTarget.MERGE ->
                    assertThat(rig.data(of.name()).keySet())
                            .as(of.name())
                            .isEqualTo(
                                    of.merges()
                                            ? java.util.Set.of(Rounds.FOREIGN)
                                            : java.util.Set.of());
            case ExternalSecretTarget.DELETE ->
                    assertThat(secret.isPresent())
                            .as(of.name())
                            .isEqualTo(!of.creation().equals(ExternalSecretTarget.OWNER));
            default -> {
                assertThat(rig.ready(of.name()).orElseThrow().isTrue()).as(of.name()).isFalse();
                assertThat(rig.data(of.name()).keySet())
                        .as(of.name())
                        .isEqualTo(of.after(found(of)).orElseThrow().orElseThrow().keySet());
            }
        }
    }

    private static Rounds.Round found(Rounds of) {
        return new Rounds.Round(
                0,
                0,
                of.questions().stream()
                        .collect(Collectors.toMap(question -> question, q -> Rounds.Fate.FOUND)));
    }

    private static void each(ExecutorService threads, int count, Consumer<Integer> action)
            throws Exception {
        List<java.util.concurrent.Future<?>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            running.add(threads.submit(() -> action.accept(number)));
        }
        for (var one : running) {
            one.get();
        }
    }

    /** All that the API server tells of the Secrets, in its order. */
    private static final class History implements Watcher<Secret>, AutoCloseable {

        private final Map<String, List<Optional<SortedMap<String, String>>>> states =
                new ConcurrentHashMap<>();
        private final List<WatcherException> broken = new CopyOnWriteArrayList<>();
        private final Watch watch = rig.client().secrets().inNamespace(rig.namespace()).watch(this);

        @Override
        public void eventReceived(Action action, Secret secret) {
            List<Optional<SortedMap<String, String>>> known =
                    states.computeIfAbsent(
                            secret.getMetadata().getName(), name -> new CopyOnWriteArrayList<>());
            Optional<SortedMap<String, String>> state =
                    action == Action.DELETED
                            ? Optional.empty()
                            : Optional.of(new TreeMap<>(Rig.data(secret)));
            // Changes of metadata alone are of no interest.
            if (known.isEmpty() || !known.getLast().equals(state)) {
                known.add(state);
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            broken.add(cause);
        }

        /** The states of a target, without the one that it was given to begin with. */
        List<Optional<SortedMap<String, String>>> of(Rounds rounds) {
            List<Optional<SortedMap<String, String>>> seen =
                    states.getOrDefault(rounds.name(), List.of());
            return rounds.merges() ? seen.subList(1, seen.size()) : seen;
        }

        void assertComplete() {
            assertThat(broken).isEmpty();
        }

        @Override
        public void close() {
            watch.close();
        }
    }
}

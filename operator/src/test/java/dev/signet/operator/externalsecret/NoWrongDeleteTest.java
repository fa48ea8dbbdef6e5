package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.signet.api.DataRemoteRef;
import dev.signet.api.ExternalSecretData;
import dev.signet.api.ExternalSecretDataFrom;
import dev.signet.api.ExternalSecretFind;
import dev.signet.api.ExternalSecretSpec;
import dev.signet.api.ExternalSecretTarget;
import dev.signet.api.SourceRef;
import dev.signet.api.StoreRef;
import dev.signet.api.store.SecretStoreSpec;
import dev.signet.api.store.StoreProvider;
import dev.signet.operator.externalsecret.rules.RuleException;
import dev.signet.operator.externalsecret.rules.SecretBuilder;
import dev.signet.operator.refresh.ObjectKey;
import dev.signet.operator.store.NamespaceAccess;
import dev.signet.operator.store.Providers;
import dev.signet.operator.store.ReferenceResolver;
import dev.signet.operator.store.Store;
import dev.signet.operator.store.StoreKey;
import dev.signet.operator.store.StoreKind;
import dev.signet.operator.store.StoreSessions;
import dev.signet.operator.store.StoreSettings;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreHealth;
import dev.signet.testbed.Seed;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A backend that answers at random: what it leaves of the data that a target shall hold is what it
 * found, less only what it said is missing, and whatever else it says stops the sync.
 */
class NoWrongDeleteTest {

    private static final int CASES = 30_000;

    private static final List<String> STORES = List.of("one", "two");

    private static final SourceReader.Reader READER =
            new SourceReader.Reader(new ObjectKey("ns", "es"), "es", false);

    /** What becomes of one question. */
    private enum Fate {
        FOUND,
        /** Found, with nothing in it. */
        EMPTY,
        MISSING,
        DENIED,
        UNAVAILABLE,
        UNAVAILABLE_FOR_A_WHILE,
        INVALID,
        NO_ANSWER;

        boolean isAnswer() {
            return this == FOUND || this == EMPTY || this == MISSING;
        }
    }

    private final Seed seed = Seed.ofThisRun();
    private final Random random = seed.random("cases");
    private final Dealer dealer = new Dealer();

    private KubernetesClient unused;
    private StoreSessions sessions;

    @BeforeEach
    void open() {
        unused = new KubernetesClientBuilder().withConfig(Config.empty()).build();
        sessions =
                new StoreSessions(
                        Providers.of(Map.of(ScriptedProvider.NAME, new ScriptedProvider(dealer))),
                        new ReferenceResolver(unused, Path.of("none")),
                        (provider, call, success) -> {},
                        new ObjectMapper(),
                        Clock.systemUTC(),
                        unused,
                        false,
                        (store, namespace) -> {});
    }

    @AfterEach
    void close() {
        sessions.close();
        unused.close();
    }

    @Test
    void onlyWhatIsMissingIsLeftOut() throws InterruptedException {
        SecretReader reader =
                new SecretReader(
                        new SourceReader(
                                sessions,
                                new StoreGate(
                                        key -> Optional.empty(),
                                        new NamespaceAccess(unused),
                                        new SyncSettings(
                                                new StoreSettings("", Duration.ZERO),
                                                1,
                                                true,
                                                0,
                                                null)),
                                new FallbackUse(new SimpleMeterRegistry()),
                                store -> {}));
        int read = 0;
        int gone = 0;
        int stopped = 0;
        for (int i = 0; i < CASES; i++) {
            Deal deal = deal();
            dealer.deal = deal;
            String what = seed + ", case " + i + ": " + deal;
            Optional<SecretReader.Reading> reading = read(reader, deal, what);
            assertThat(reading.isPresent()).as(what).isEqualTo(deal.isAnswered());
            if (reading.isEmpty()) {
                stopped++;
                continue;
            }
            assertThat(texts(deal, reading.get())).as(what).isEqualTo(deal.wanted());
            assertThat(reading.get().isAllGone(deal.spec())).as(what).isEqualTo(deal.allGone());
            read++;
            gone += deal.allGone() ? 1 : 0;
        }
        assertThat(List.of(read, gone, stopped))
                .as("the cases are of all sorts")
                .allMatch(count -> count > CASES / 50);
    }

    private static Optional<SecretReader.Reading> read(SecretReader reader, Deal deal, String what)
            throws InterruptedException {
        try {
            return Optional.of(reader.read(deal.spec(), stores(), READER));
        } catch (SyncException e) {
            assertThat(e.text())
                    .as(what)
                    .startsWith(SyncException.READ + ": ")
                    .containsAnyOf("spec.data[", "spec.dataFrom[", "the provider failed");
            assertThat(e.retry()).as(what).isTrue();
            return Optional.empty();
        }
    }

    private static SortedMap<String, String> texts(Deal deal, SecretReader.Reading reading) {
        SortedMap<String, String> texts = new TreeMap<>();
        try {
            SecretBuilder.build(deal.spec(), reading.values())
                    .forEach((key, value) ->
                            texts.put(key, new String(value, StandardCharsets.UTF_8)));
        } catch (RuleException e) {
            throw new AssertionError(e.text(), e);
        }
        return texts;
    }

    private static Map<StoreKey, Source> stores() {
        Map<StoreKey, Source> stores = new HashMap<>();
        for (String name : STORES) {
            StoreKey key = new StoreKey(StoreKind.SECRET_STORE, "ns", name);
            StoreProvider provider =
                    new StoreProvider(
                            Map.of(ScriptedProvider.NAME, JsonNodeFactory.instance.objectNode()));
            stores.put(
                    key,
                    Source.of(
                            new Store(
                                    key,
                                    "uid-" + name,
                                    1,
                                    new SecretStoreSpec("", provider, null, null, List.of(), null),
                                    Store.Readiness.READY,
                                    "",
                                    null)));
        }
        return stores;
    }

    /** A spec with a fate for each entry, and whether the provider throws instead of answering. */
    private record Deal(
            ExternalSecretSpec spec, List<Fate> data, List<Fate> dataFrom, boolean throwing) {

        boolean isAnswered() {
            boolean retain = spec.target().deletionPolicy().equals(ExternalSecretTarget.RETAIN);
            return !throwing
                    && all().stream()
                            .allMatch(fate -> fate.isAnswer() && !(retain && fate == Fate.MISSING));
        }

        boolean allGone() {
            for (int i = 0; i < dataFrom.size(); i++) {
                boolean find = spec.dataFrom().get(i).find() != null;
                Fate fate = dataFrom.get(i);
                if (fate != Fate.MISSING && !(find && fate == Fate.EMPTY)) {
                    return false;
                }
            }
            return data.stream().allMatch(fate -> fate == Fate.MISSING);
        }

        SortedMap<String, String> wanted() {
            SortedMap<String, String> wanted = new TreeMap<>();
            for (int i = 0; i < data.size(); i++) {
                if (data.get(i) == Fate.FOUND) {
                    wanted.put("d" + i, "value of d" + i);
                }
            }
            for (int i = 0; i < dataFrom.size(); i++) {
                if (dataFrom.get(i) == Fate.FOUND) {
                    members("f" + i).forEach((key, value) -> wanted.put(key, value));
                }
            }
            return wanted;
        }

        private List<Fate> all() {
            List<Fate> all = new ArrayList<>(data);
            all.addAll(dataFrom);
            return all;
        }
    }

    private static Map<String, String> members(String key) {
        return Map.of(key + ".a", "a of " + key, key + ".b", "b of " + key);
    }

    private Deal deal() {
        int mood = random.nextInt(4);
        List<ExternalSecretData> data = new ArrayList<>();
        List<Fate> dataFates = new ArrayList<>();
        List<ExternalSecretDataFrom> dataFrom = new ArrayList<>();
        List<Fate> dataFromFates = new ArrayList<>();
        int entries = 1 + random.nextInt(5);
        for (int i = 0; i < entries; i++) {
            if (random.nextBoolean()) {
                String name = "d" + data.size();
                data.add(new ExternalSecretData(name, remote(name), source()));
                Fate fate = fate(mood);
                dataFates.add(fate == Fate.EMPTY ? Fate.FOUND : fate);
            } else {
                String name = "f" + dataFrom.size();
                boolean find = random.nextBoolean();
                dataFrom.add(
                        new ExternalSecretDataFrom(
                                find ? null : remote(name),
                                find
                                        ? new ExternalSecretFind(name, null, Map.of(), "", "", "")
                                        : null,
                                List.of(),
                                source()));
                dataFromFates.add(fate(mood));
            }
        }
        return new Deal(
                new ExternalSecretSpec(
                        new StoreRef("one", ""), target(), "", "1h", null, data, dataFrom),
                dataFates,
                dataFromFates,
                random.nextInt(500) == 0);
    }

    private ExternalSecretTarget target() {
        return new ExternalSecretTarget(
                "",
                "",
                List.of(
                                ExternalSecretTarget.RETAIN,
                                ExternalSecretTarget.DELETE,
                                ExternalSecretTarget.MERGE)
                        .get(random.nextInt(3)),
                null,
                null,
                false);
    }

    /** Each mood is harder on the caller than the one before. */
    private Fate fate(int mood) {
        Fate[] all = Fate.values();
        return switch (mood) {
            case 0 -> Fate.MISSING;
            case 1 -> all[random.nextInt(3)];
            case 2 -> random.nextInt(4) == 0 ? all[random.nextInt(all.length)] : Fate.MISSING;
            default -> all[random.nextInt(all.length)];
        };
    }

    private @Nullable SourceRef source() {
        return random.nextBoolean()
                ? null
                : new SourceRef(new StoreRef(STORES.get(random.nextInt(2)), ""), null);
    }

    private static DataRemoteRef remote(String key) {
        return new DataRemoteRef(key, "", "", "", "", "", "");
    }

    /** Answers as the deal says. */
    private static final class Dealer implements SecretClient {

        private Deal deal = new Deal(emptySpec(), List.of(), List.of(), false);

        private static ExternalSecretSpec emptySpec() {
            return new ExternalSecretSpec(
                    null, ExternalSecretTarget.DEFAULT, "", "1h", null, List.of(), List.of());
        }

        @Override
        public Map<RemoteRef, ReadOutcome<SecretValue>> read(Set<RemoteRef> refs) {
            Map<RemoteRef, ReadOutcome<SecretValue>> answers = new HashMap<>();
            for (RemoteRef ref : refs) {
                answer(fate(ref.key()), SecretValue.ofUtf8("value of " + ref.key()), ref.key())
                        .ifPresent(answer -> answers.put(ref, answer));
            }
            return answers;
        }

        @Override
        public Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> extract(Set<RemoteRef> refs) {
            Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> answers = new HashMap<>();
            for (RemoteRef ref : refs) {
                answer(fate(ref.key()), values(ref.key()), ref.key())
                        .ifPresent(answer -> answers.put(ref, answer));
            }
            return answers;
        }

        @Override
        public ReadOutcome<Map<String, SecretValue>> find(FindQuery query) {
            Fate fate = fate(query.path());
            // There is no leaving out the answer to a single question.
            return answer(fate, values(query.path()), query.path())
                    .orElseGet(() -> new ReadOutcome.Unavailable<>("no answer at all"));
        }

        @Override
        public StoreHealth validate() {
            return new StoreHealth.Valid();
        }

        @Override
        public void close() {
            // Nothing is held open.
        }

        private Map<String, SecretValue> values(String key) {
            Map<String, SecretValue> values = new HashMap<>();
            if (fate(key) == Fate.FOUND) {
                members(key).forEach((name, text) -> values.put(name, SecretValue.ofUtf8(text)));
            }
            return values;
        }

        private Fate fate(String key) {
            if (deal.throwing()) {
                throw new IllegalStateException("a defect in the provider");
            }
            List<Fate> fates = key.startsWith("d") ? deal.data() : deal.dataFrom();
            return fates.get(Integer.parseInt(key.substring(1)));
        }

        private static <T> Optional<ReadOutcome<T>> answer(Fate fate, T found, String key) {
            return switch (fate) {
                case FOUND, EMPTY -> Optional.of(new ReadOutcome.Found<>(found));
                case MISSING -> Optional.of(new ReadOutcome.Missing<>(key));
                case DENIED -> Optional.of(new ReadOutcome.Denied<>("may not read " + key));
                case UNAVAILABLE -> Optional.of(new ReadOutcome.Unavailable<>("is away"));
                case UNAVAILABLE_FOR_A_WHILE ->
                        Optional.of(
                                new ReadOutcome.Unavailable<>(
                                        "is busy", Optional.of(Duration.ofSeconds(3))));
                case INVALID -> Optional.of(new ReadOutcome.Invalid<>("has no such property"));
                case NO_ANSWER -> Optional.empty();
            };
        }
    }
}

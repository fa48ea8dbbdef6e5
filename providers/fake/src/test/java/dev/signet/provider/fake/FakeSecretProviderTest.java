package dev.signet.provider.fake;

import static dev.signet.provider.contract.Outcomes.extract;
import static dev.signet.provider.contract.Outcomes.read;
import static dev.signet.provider.contract.Outcomes.text;
import static dev.signet.provider.contract.Outcomes.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.store.FakeData;
import dev.signet.api.store.FakeProvider;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretProvider;
import dev.signet.provider.StoreCapabilities;
import dev.signet.provider.StoreHealth;
import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ContractCase;
import dev.signet.provider.contract.ContractReferences;
import dev.signet.provider.contract.ProviderContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FakeSecretProviderTest implements ProviderContract {

    private final Backend backend = new Backend();

    @Override
    public ContractBackend backend() {
        return backend;
    }

    private static final class Backend implements ContractBackend {

        private final List<FakeData> data = new ArrayList<>();

        @Override
        public SecretClient open() {
            return client(new FakeProvider(data, null));
        }

        @Override
        public void put(String key, String json) {
            data.removeIf(one -> one.key().equals(key) && one.version().isEmpty());
            data.add(new FakeData(key, json, ""));
        }

        @Override
        public void delete(String key) {
            data.removeIf(one -> one.key().equals(key));
        }

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Map<ContractCase, String> lacks() {
            String none = "the values of a fake store stand in its spec: there is nobody to ask";
            String text = "the values of a fake store are text without metadata";
            return Map.of(
                    ContractCase.DENIED, none,
                    ContractCase.UNREACHABLE, none,
                    ContractCase.BUSY, none,
                    ContractCase.CANCELLED, none,
                    ContractCase.ROTATED, none,
                    ContractCase.METADATA, text,
                    ContractCase.BINARY, text);
        }

        @Override
        public String version(String key) {
            String value =
                    data.stream()
                            .filter(one -> one.key().equals(key))
                            .findFirst()
                            .orElseThrow()
                            .value();
            data.add(new FakeData(key, value, "v1"));
            return "v1";
        }

        @Override
        public MissingProperty missingProperty() {
            return MissingProperty.MISSING;
        }

        @Override
        public List<String> awkwardKeys() {
            return List.of(
                    "a/b/../c",
                    "with space",
                    "é/日本",
                    "%2F",
                    "%2f",
                    "../",
                    "k".repeat(2048),
                    "a?b#c",
                    "\n");
        }
    }

    private static SecretClient client(FakeProvider spec) {
        return new FakeSecretProvider().open(spec, new ContractReferences(Map.of()).context());
    }

    private static SecretClient client(FakeData... data) {
        return client(new FakeProvider(List.of(data), null));
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(SecretProvider.class))
                .hasExactlyElementsOfTypes(FakeSecretProvider.class);
    }

    @Test
    void saysWhatItIs() {
        FakeSecretProvider provider = new FakeSecretProvider();
        assertThat(provider.name()).isEqualTo("fake");
        assertThat(provider.specType()).isEqualTo(FakeProvider.class);
        assertThat(provider.capabilities()).isEqualTo(StoreCapabilities.READ_WRITE);
        assertThat(provider.references(new FakeProvider(List.of(), null))).isEmpty();
    }

    @Test
    void readsTheVeryVersion() throws Exception {
        try (SecretClient client =
                client(new FakeData("k", "plain", ""), new FakeData("k", "first", "v1"))) {
            assertThat(text(read(client, RemoteRef.of("k")))).isEqualTo("plain");
            assertThat(text(read(client, version("v1")))).isEqualTo("first");
            assertThat(read(client, version("v2")))
                    .isEqualTo(new ReadOutcome.Missing<>("k in version v2"));
        }
    }

    private static RemoteRef version(String version) {
        return new RemoteRef("k", "", version, false);
    }

    @Test
    void doesNotFallBackToAnotherVersion() throws Exception {
        try (SecretClient client = client(new FakeData("k", "first", "v1"))) {
            assertThat(read(client, RemoteRef.of("k"))).isInstanceOf(ReadOutcome.Missing.class);
        }
    }

    @Test
    void doesNotMixKeyAndVersion() throws Exception {
        try (SecretClient client = client(new FakeData("k", "value", "11"))) {
            assertThat(read(client, new RemoteRef("k1", "", "1", false)))
                    .isInstanceOf(ReadOutcome.Missing.class);
        }
    }

    @Test
    void takesLastOfEqualNames() throws Exception {
        try (SecretClient client = client(new FakeData("k", "a", ""), new FakeData("k", "b", ""))) {
            assertThat(text(read(client, RemoteRef.of("k")))).isEqualTo("b");
        }
    }

    @Test
    void findsLatestVersionByText() throws Exception {
        try (SecretClient client =
                client(
                        new FakeData("k", "ten", "v10"),
                        new FakeData("k", "nine", "v9"),
                        new FakeData("k", "none", ""))) {
            assertThat(texts(client.find(new FindQuery("", "^k$", Map.of()))))
                    .isEqualTo(Map.of("k", "nine"));
        }
    }

    @Test
    void findsAllWhereNoNameIsAskedFor() throws Exception {
        try (SecretClient client = client(new FakeData("a", "1", ""), new FakeData("b", "2", ""))) {
            assertThat(texts(client.find(new FindQuery("", "", Map.of()))))
                    .isEqualTo(Map.of("a", "1", "b", "2"));
        }
    }

    @Test
    void refusesToFindByTags() throws Exception {
        try (SecretClient client = client(new FakeData("a", "1", ""))) {
            assertThat(client.find(new FindQuery("", "", Map.of("team", "a"))))
                    .isInstanceOf(ReadOutcome.Invalid.class);
        }
    }

    @Test
    void refusesAnExpressionThatWouldEatTheMemory() throws Exception {
        try (SecretClient client = client(new FakeData("a", "1", ""))) {
            assertThat(client.find(new FindQuery("", "((a{1000}){1000}){1000}", Map.of())))
                    .isInstanceOf(ReadOutcome.Invalid.class);
        }
    }

    @Test
    void extractsFromInsideAProperty() throws Exception {
        try (SecretClient client =
                client(new FakeData("k", "{\"in\":{\"a\": 1.50, \"b\":[ 1 ]}}", ""))) {
            assertThat(texts(extract(client, RemoteRef.of("k", "in"))))
                    .isEqualTo(Map.of("a", "1.50", "b", "[ 1 ]"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary", "[\"canary\"]", "\"canary\"", "{\"canary\":", ""})
    void refusesToExtractWhatIsNoObject(String value) throws Exception {
        try (SecretClient client = client(new FakeData("k", value, ""))) {
            assertThat(extract(client, RemoteRef.of("k")))
                    .isInstanceOf(ReadOutcome.Invalid.class)
                    .asString()
                    .doesNotContain("canary");
        }
    }

    @Test
    void doesNotCallAPathThatIsTooDeepMissing() throws Exception {
        try (SecretClient client = client(new FakeData("k", "[".repeat(9000), ""))) {
            assertThat(read(client, RemoteRef.of("k", "@pretty")))
                    .isInstanceOf(ReadOutcome.Invalid.class);
        }
    }

    @Test
    void presentsItselfAsTheSpecSays() throws Exception {
        assertThat(health(0)).isEqualTo(new StoreHealth.Valid());
        assertThat(health(1)).isInstanceOf(StoreHealth.Unknown.class);
        assertThat(health(2)).isInstanceOf(StoreHealth.Unusable.class);
    }

    private static StoreHealth health(long validationResult) throws InterruptedException {
        return client(new FakeProvider(List.of(), validationResult)).validate();
    }

    @Test
    void namesEveryProblem() {
        FakeProvider spec =
                new FakeProvider(
                        List.of(
                                new FakeData("k", "v", ""),
                                new FakeData("", "v", ""),
                                new FakeData("k", "", "")),
                        null);
        assertThat(new FakeSecretProvider().problems(spec))
                .containsExactly("fake.data[1].key must be set", "fake.data[2].value must be set");
    }
}

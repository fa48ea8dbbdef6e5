package dev.signet.provider.sealed;

import static dev.signet.provider.contract.Outcomes.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.api.store.SealedProvider;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.RetrySettings;
import dev.signet.provider.SealedValues;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretProvider;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreContext;
import dev.signet.provider.StoreHealth;
import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ContractCase;
import dev.signet.provider.contract.ProviderContract;
import dev.signet.provider.contract.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SealedSecretProviderTest implements ProviderContract {

    private static final SealedProvider SPEC = new SealedProvider("");

    private final Backend backend = new Backend();

    @Override
    public ContractBackend backend() {
        return backend;
    }

    private static final class Backend implements ContractBackend {

        private final Cluster cluster = new Cluster();

        @Override
        public String name() {
            return "Sealed";
        }

        @Override
        public Map<ContractCase, String> lacks() {
            String none = "sealed values are kept by the operator itself: there is nobody to ask";
            return Map.of(
                    ContractCase.VERSION, "a SealedSecret has no older versions",
                    ContractCase.DENIED, none,
                    ContractCase.BUSY, none,
                    ContractCase.CANCELLED, none,
                    ContractCase.ROTATED, none);
        }

        @Override
        public SecretClient open() {
            return new SealedSecretProvider().open(SPEC, context(cluster));
        }

        @Override
        public SecretClient openIn(Trouble trouble) {
            Cluster unknown = new Cluster();
            unknown.refusal =
                    new ReferenceException(
                            ReferenceException.Cause.UNAVAILABLE, "nothing is known yet");
            return new SealedSecretProvider().open(SPEC, context(unknown));
        }

        @Override
        public void put(String key, String json) throws Exception {
            put(key, data(json), Map.of());
        }

        private void put(String key, Map<String, SecretValue> data, Map<String, String> labels) {
            String name = "s-" + cluster.items.size();
            delete(key);
            cluster.items.put(key, new SealedValues.Item(name, key, labels, Map.of()));
            cluster.data.put(name, data);
        }

        @Override
        public String putTagged(String key, String json, String tag, String value)
                throws Exception {
            put(key, data(json), Map.of(tag, value));
            return "labels." + tag;
        }

        @Override
        public RemoteRef putBinary(String key, byte[] value) {
            put(key, Map.of("bytes", SecretValue.of(value)), Map.of());
            return RemoteRef.of(key, "bytes");
        }

        @Override
        public void delete(String key) {
            cluster.items.remove(key);
        }

        @Override
        public MissingProperty missingProperty() {
            return MissingProperty.INVALID;
        }

        /** A member of the object is a key; what is no text is its JSON. */
        private static Map<String, SecretValue> data(String json) throws Exception {
            Map<String, SecretValue> data = new TreeMap<>();
            for (Map.Entry<String, JsonNode> member :
                    new ObjectMapper().readTree(json).properties()) {
                JsonNode value = member.getValue();
                data.put(
                        member.getKey(),
                        SecretValue.ofUtf8(
                                value.isNull()
                                        ? ""
                                        : value.isTextual() ? value.asText() : value.toString()));
            }
            return data;
        }
    }

    /** SealedSecrets by remote key, opened without a key. */
    private static final class Cluster implements SealedValues {

        final Map<String, Item> items = new ConcurrentHashMap<>();
        final Map<String, Map<String, SecretValue>> data = new ConcurrentHashMap<>();
        final Set<String> opened = ConcurrentHashMap.newKeySet();
        ReferenceException refusal;

        @Override
        public String namespace() {
            return "ns";
        }

        @Override
        public List<Item> items() throws ReferenceException {
            if (refusal != null) {
                throw refusal;
            }
            return new ArrayList<>(items.values());
        }

        @Override
        public boolean areAll() {
            return true;
        }

        @Override
        public ReadOutcome<Map<String, SecretValue>> open(String name, Predicate<String> keys) {
            Map<String, SecretValue> values = data.get(name);
            if (values == null) {
                return new ReadOutcome.Invalid<>(name + " cannot be opened");
            }
            Map<String, SecretValue> wanted = new TreeMap<>(values);
            wanted.keySet().removeIf(keys.negate());
            opened.addAll(wanted.keySet());
            return new ReadOutcome.Found<>(wanted);
        }
    }

    private static StoreContext context(SealedValues values) {
        return context(
                new References() {
                    @Override
                    public SealedValues sealed(Reference.SealedSecrets reference) {
                        return values;
                    }

                    @Override
                    public SecretValue read(Reference.SecretKey reference) {
                        throw new AssertionError("not asked for");
                    }

                    @Override
                    public SecretValue read(Reference.ConfigMapKey reference) {
                        throw new AssertionError("not asked for");
                    }

                    @Override
                    public SecretValue token(
                            Reference.ServiceAccount reference,
                            List<String> audiences,
                            Duration lifetime) {
                        throw new AssertionError("not asked for");
                    }

                    @Override
                    public Map<String, String> annotations(Reference.ServiceAccount reference) {
                        throw new AssertionError("not asked for");
                    }

                    @Override
                    public SecretValue ownToken() {
                        throw new AssertionError("not asked for");
                    }
                });
    }

    private static StoreContext context(References references) {
        return new StoreContext(
                "SecretStore ns/sealed",
                references,
                RetrySettings.NONE,
                (provider, call, success) -> {},
                Clock.systemUTC());
    }

    @Test
    void isFoundByItsName() {
        assertThat(ServiceLoader.load(SecretProvider.class))
                .hasExactlyElementsOfTypes(SealedSecretProvider.class);
        SealedSecretProvider provider = new SealedSecretProvider();
        assertThat(provider.name()).isEqualTo("sealed");
        assertThat(provider.problems(SPEC)).isEmpty();
        assertThat(provider.references(new SealedProvider("other")))
                .containsExactly(new Reference.SealedSecrets("other"));
    }

    @Test
    void opensNoMoreThanReferencesMayPick() throws Exception {
        backend.put(
                "a",
                "{\"x\":\"1\",\"x.y\":\"2\",\"j\":{\"k\":\"3\"},\"other\":\"4\",\"jj\":\"5\"}");

        try (SecretClient client = backend.open()) {
            client.read(
                    Set.of(
                            RemoteRef.of("a", "x.y"),
                            RemoteRef.of("a", "j.k"),
                            RemoteRef.of("a", "absent")));
            assertThat(backend.cluster.opened).containsExactlyInAnyOrder("x", "x.y", "j");
            client.read(Set.of(RemoteRef.of("a")));
            assertThat(backend.cluster.opened).hasSize(5);
        }
    }

    @Test
    void oneThatCannotBeOpenedIsNotMissing() throws Exception {
        backend.cluster.items.put("a", new SealedValues.Item("a", "", Map.of(), Map.of()));

        try (SecretClient client = backend.open()) {
            assertThat(read(client, RemoteRef.of("a")))
                    .isEqualTo(new ReadOutcome.Invalid<>("a cannot be opened"));
        }
    }

    @Test
    void aNamespaceThatMayNotBeReadIsToldByTheCheck() throws Exception {
        Cluster closed = new Cluster();
        closed.refusal = new ReferenceException(ReferenceException.Cause.DENIED, "may not be read");

        try (SecretClient client = new SealedSecretProvider().open(SPEC, context(closed))) {
            assertThat(client.validate()).isEqualTo(new StoreHealth.Unusable("may not be read"));
            assertThat(read(client, RemoteRef.of("a")))
                    .isEqualTo(new ReadOutcome.Invalid<>("may not be read"));
        }
    }
}

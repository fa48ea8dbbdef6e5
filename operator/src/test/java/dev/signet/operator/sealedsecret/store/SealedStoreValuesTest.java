package dev.signet.operator.sealedsecret.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.api.sealed.SealedSecret;
import dev.signet.api.sealed.SealedSecretSpec;
import dev.signet.operator.refresh.ObjectKey;
import dev.signet.operator.sealedsecret.Keys;
import dev.signet.operator.sealedsecret.SealedSecretCatalog;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.SealedValues;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.KeyGenerator;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.Opener;
import dev.signet.sealed.Scope;
import dev.signet.sealed.Unsealer;
import dev.signet.sealed.UnsealingKey;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SealedStoreValuesTest {

    private static final int SMALL = 2_048;

    private static Opener opener;
    private static UnsealingKey key;

    private final SecureRandom random = new SecureRandom();
    private final List<SealedSecret> all = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private boolean complete = true;
    private KeyRing ring = new KeyRing(List.of(key));
    private Consumer<ObjectKey> onSealed = any -> {};
    private Runnable onKeys = () -> {};
    private Consumer<String> onComplete = any -> {};
    private String unwatched = "";
    private boolean selective;
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");

    @BeforeAll
    static void open() {
        opener = new Opener(1);
        key =
                new KeyGenerator(Clock.systemUTC(), new SecureRandom())
                        .generate("key", SMALL, Duration.ofDays(1), "");
    }

    @AfterAll
    static void close() {
        opener.close();
    }

    private SealedStoreValues values() {
        SealedSecretCatalog catalog =
                new SealedSecretCatalog() {
                    @Override
                    public Optional<SealedSecret> find(String namespace, String name) {
                        return inNamespace(namespace).stream()
                                .filter(one -> one.getMetadata().getName().equals(name))
                                .findFirst();
                    }

                    @Override
                    public List<SealedSecret> inNamespace(String namespace) {
                        return all.stream()
                                .filter(one -> one.getMetadata().getNamespace().equals(namespace))
                                .toList();
                    }

                    @Override
                    public void onChange(Consumer<ObjectKey> listener) {
                        onSealed = listener;
                    }

                    @Override
                    public boolean isComplete(String namespace) {
                        return complete;
                    }

                    @Override
                    public void onComplete(Consumer<String> listener) {
                        onComplete = listener;
                    }

                    @Override
                    public boolean covers(String namespace) {
                        return !namespace.equals(unwatched);
                    }

                    @Override
                    public boolean isSelective() {
                        return selective;
                    }
                };
        Keys keys =
                new Keys() {
                    @Override
                    public KeyRing current() {
                        return ring;
                    }

                    @Override
                    public void onChange(Runnable listener) {
                        onKeys = listener;
                    }
                };
        SealedStoreValues values =
                new SealedStoreValues(
                        catalog,
                        keys,
                        opener,
                        new Unsealer(opener, new ObjectMapper(), true),
                        new MovedClock());
        values.onChange(told::add);
        return values;
    }

    /** Stands at {@link #now}. */
    private final class MovedClock extends Clock {

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private void add(String namespace, String name, Scope scope, Map<String, String> sealed) {
        SealedSecret one = new SealedSecret();
        one.setMetadata(
                new ObjectMetaBuilder()
                        .withNamespace(namespace)
                        .withName(name)
                        .withLabels(Map.of("team", "a"))
                        .withAnnotations(scope.annotations())
                        .addToAnnotations(SealedSecret.REMOTE_KEY, "secret/" + name)
                        .build());
        one.setSpec(new SealedSecretSpec(null, "", sealed));
        all.add(one);
    }

    private String seal(String value, byte[] label) {
        return key.certificate().seal(SecretValue.ofUtf8(value), label, random);
    }

    private static Object text(ReadOutcome<Map<String, SecretValue>> outcome) {
        return outcome instanceof ReadOutcome.Found<Map<String, SecretValue>>(var values)
                ? values.entrySet().stream()
                        .collect(
                                java.util.stream.Collectors.toMap(
                                        Map.Entry::getKey, entry -> entry.getValue().utf8()))
                : outcome;
    }

    @Test
    void opensWhatWasSealedForThisObject() throws Exception {
        add("ns", "db", Scope.STRICT, Map.of("p", seal("x", Scope.STRICT.label("ns", "db"))));
        SealedValues values = values().in("ns");

        assertThat(values.items())
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.name()).isEqualTo("db");
                    assertThat(item.remoteKey()).isEqualTo("secret/db");
                    assertThat(item.labels()).containsEntry("team", "a");
                });
        assertThat(text(values.open("db", any -> true))).isEqualTo(Map.of("p", "x"));
        assertThat(values().in("other").items()).isEmpty();
        assertThat(values().in("other").open("db", any -> true))
                .isInstanceOf(ReadOutcome.Missing.class);
    }

    @Test
    void aStrictValueThatWasMovedStaysShut() throws Exception {
        String sealed = seal("x", Scope.STRICT.label("ns", "db"));
        add("ns", "copy", Scope.STRICT, Map.of("p", sealed));
        add("elsewhere", "db", Scope.STRICT, Map.of("p", sealed));
        String wide = seal("x", Scope.NAMESPACE_WIDE.label("ns", ""));
        add("ns", "wide", Scope.NAMESPACE_WIDE, Map.of("p", wide));
        add("elsewhere", "wide", Scope.NAMESPACE_WIDE, Map.of("p", wide));

        assertThat(values().in("ns").open("copy", any -> true))
                .isEqualTo(
                        new ReadOutcome.Invalid<>(
                                "SealedSecret 'copy' in namespace 'ns' cannot be opened in its scope, strict, with the operator's key: no key could decrypt secret (p)"));
        assertThat(values().in("elsewhere").open("db", any -> true))
                .isInstanceOf(ReadOutcome.Invalid.class);
        assertThat(text(values().in("ns").open("wide", any -> true))).isEqualTo(Map.of("p", "x"));
        assertThat(values().in("elsewhere").open("wide", any -> true))
                .isInstanceOf(ReadOutcome.Invalid.class);
    }

    @Test
    void opensWhatOldVersionsSealedAsAWhole() throws Exception {
        SealedSecret old = new SealedSecret();
        old.setMetadata(new ObjectMetaBuilder().withNamespace("ns").withName("old").build());
        old.setSpec(
                new SealedSecretSpec(
                        null,
                        seal("{\"data\":{\"p\":\"eA==\"}}", Scope.STRICT.label("ns", "old")),
                        Map.of()));
        all.add(old);

        assertThat(text(values().in("ns").open("old", any -> true))).isEqualTo(Map.of("p", "x"));
    }

    @Test
    void aSecretThatWasSealedAsAWholeIsReadAsTheApiServerReadsIt() throws Exception {
        old(
                "both",
                "{\"data\":{\"a\":null,\"b\":\"eA==\"},\"stringData\":{\"b\":\"y\",\"c\":null}}");
        old("bad", "{\"data\":{\"a\":\"%%%\"}}");

        assertThat(text(values().in("ns").open("both", any -> true)))
                .isEqualTo(Map.of("a", "", "b", "y", "c", ""));
        assertThat(values().in("ns").open("bad", any -> true))
                .isEqualTo(
                        new ReadOutcome.Invalid<>(
                                "SealedSecret 'bad' in namespace 'ns': spec.data holds a Secret with values that are not base64"));
    }

    private void old(String name, String secret) {
        SealedSecret old = new SealedSecret();
        old.setMetadata(new ObjectMetaBuilder().withNamespace("ns").withName(name).build());
        old.setSpec(
                new SealedSecretSpec(null, seal(secret, Scope.STRICT.label("ns", name)), Map.of()));
        all.add(old);
    }

    @Test
    void opensOnlyWhatIsAskedFor() throws Exception {
        add(
                "ns",
                "db",
                Scope.STRICT,
                Map.of("p", seal("x", Scope.STRICT.label("ns", "db")), "broken", "AgA="));
        SealedValues values = values().in("ns");

        assertThat(text(values.open("db", "p"::equals))).isEqualTo(Map.of("p", "x"));
        assertThat(values.open("db", any -> true)).isInstanceOf(ReadOutcome.Invalid.class);
        assertThat(text(values.open("db", "p"::equals))).isEqualTo(Map.of("p", "x"));
    }

    @Test
    void whatCouldNotBeOpenedIsTriedAgainWithOtherKeysOrWhenItChanges() throws Exception {
        String sealed = seal("x", Scope.STRICT.label("ns", "db"));
        add("ns", "db", Scope.STRICT, Map.of("p", sealed));
        KeyRing mine = ring;
        ring =
                new KeyRing(
                        List.of(
                                new KeyGenerator(Clock.systemUTC(), new SecureRandom())
                                        .generate("other", SMALL, Duration.ofDays(1), "")));
        SealedValues values = values().in("ns");

        ReadOutcome<Map<String, SecretValue>> shut = values.open("db", any -> true);
        assertThat(shut).isInstanceOf(ReadOutcome.Invalid.class);
        assertThat(values.open("db", any -> true)).isEqualTo(shut);
        ring = mine;
        assertThat(text(values.open("db", any -> true))).isEqualTo(Map.of("p", "x"));

        all.clear();
        add("ns", "db", Scope.STRICT, Map.of("p", "AgA="));
        assertThat(values.open("db", any -> true)).isInstanceOf(ReadOutcome.Invalid.class);
        all.clear();
        add("ns", "db", Scope.STRICT, Map.of("p", sealed));
        assertThat(text(values.open("db", any -> true))).isEqualTo(Map.of("p", "x"));
    }

    @Test
    void whatIsNotWatchedIsNeverMissing() throws Exception {
        unwatched = "ns";
        SealedValues values = values().in("ns");

        assertThatThrownBy(values::items)
                .isInstanceOfSatisfying(
                        ReferenceException.class,
                        e -> assertThat(e.reason()).isEqualTo(ReferenceException.Cause.DENIED))
                .hasMessageContaining("does not watch SealedSecrets in namespace 'ns'");
        assertThat(values.open("db", any -> true)).isInstanceOf(ReadOutcome.Invalid.class);

        unwatched = "";
        assertThat(values.areAll()).isTrue();
        assertThat(values.open("db", any -> true)).isInstanceOf(ReadOutcome.Missing.class);
        selective = true;
        assertThat(values.areAll()).isFalse();
        assertThat(values.open("db", any -> true)).isInstanceOf(ReadOutcome.Invalid.class);
    }

    @Test
    void withoutAKeyNothingIsMissing() throws Exception {
        add("ns", "db", Scope.STRICT, Map.of("p", seal("x", Scope.STRICT.label("ns", "db"))));
        ring = KeyRing.EMPTY;

        assertThat(values().in("ns").open("db", any -> true))
                .isInstanceOf(ReadOutcome.Unavailable.class);
    }

    @Test
    void whatIsNotKnownAfterAWhileIsSaid() {
        complete = false;
        SealedValues values = values().in("ns");
        now = now.plusSeconds(60);

        assertThatThrownBy(values::items)
                .isInstanceOfSatisfying(
                        ReferenceException.class,
                        e ->
                                assertThat(e.reason())
                                        .isEqualTo(ReferenceException.Cause.UNAVAILABLE));
    }

    @Test
    void tellsOfChangesButNotOfWhatIsThereAtTheStart() {
        complete = false;
        SealedStoreValues values = values();
        onSealed.accept(new ObjectKey("ns", "first"));
        onKeys.run();
        onComplete.accept("");
        assertThat(told).isEmpty();

        complete = true;
        onSealed.accept(new ObjectKey("ns", "second"));
        onKeys.run();
        assertThat(told).containsExactly("ns", "");
        assertThat(values.in("ns").namespace()).isEqualTo("ns");
    }

    @Test
    void tellsAllWhenWhatWasWaitedForTooLongIsKnown() {
        complete = false;
        values();
        now = now.plusSeconds(60);

        onComplete.accept("");

        assertThat(told).containsExactly("");
    }
}

package dev.signet.sealed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.signet.provider.SecretValue;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OpenerTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyGenerator GENERATOR = new KeyGenerator(Clock.systemUTC(), RANDOM);
    private static final Opener OPENER = new Opener();

    /** Small ones, for a try with 4,096 bits takes long. */
    private static final List<UnsealingKey> KEYS =
            IntStream.range(0, 6)
                    .mapToObj(i -> GENERATOR.generate("k" + i, 1024, Duration.ofDays(1), ""))
                    .toList();

    @AfterAll
    static void close() {
        OPENER.close();
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void aValueOfAnySizeSealedWithAnyKeyOpensWithTheRing(Scope scope) throws Exception {
        Random random = new Random(7);
        Map<String, SecretValue> values = new HashMap<>();
        Map<String, String> items = new HashMap<>();
        for (int size : new int[] {0, 1, 15, 16, 17, 4096, 1 << 16}) {
            for (UnsealingKey key : KEYS) {
                byte[] bytes = new byte[size];
                random.nextBytes(bytes);
                SecretValue value = SecretValue.of(bytes);
                String item = key.name() + "-" + size;
                values.put(item, value);
                items.put(item, key.certificate().seal(value, scope.label("ns", "name"), RANDOM));
            }
        }

        Opened opened = open(scope, "ns", "name", items);

        assertThat(opened)
                .isEqualTo(
                        new Opened.Values(
                                values,
                                Set.copyOf(KEYS.stream().map(UnsealingKey::fingerprint).toList())));
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void aValueOpensOnlyWhereItsScopeReaches(Scope sealedFor) throws Exception {
        String sealed =
                KEYS.getFirst()
                        .certificate()
                        .seal(SecretValue.ofUtf8("v"), sealedFor.label("a", "x"), RANDOM);

        List<String> opens = new ArrayList<>();
        for (Scope told : Scope.values()) {
            for (String place : List.of("a/x", "a/y", "b/x")) {
                String[] parts = place.split("/", 2);
                if (open(told, parts[0], parts[1], Map.of("k", sealed)) instanceof Opened.Values) {
                    opens.add(told.word() + " " + place);
                }
            }
        }

        assertThat(opens)
                .containsExactlyElementsOf(
                        switch (sealedFor) {
                            case STRICT -> List.of("strict a/x");
                            case NAMESPACE_WIDE ->
                                    List.of("namespace-wide a/x", "namespace-wide a/y");
                            case CLUSTER_WIDE ->
                                    List.of(
                                            "cluster-wide a/x",
                                            "cluster-wide a/y",
                                            "cluster-wide b/x");
                        });
    }

    @Test
    void noneOfFiveThousandSpoiltValuesOpensOrThrows() throws Exception {
        Random random = new Random(11);
        UnsealingKey key = KEYS.getFirst();
        byte[] sealed =
                Base64.getDecoder()
                        .decode(
                                key.certificate()
                                        .seal(
                                                SecretValue.ofUtf8("a value"),
                                                Scope.STRICT.label("ns", "name"),
                                                RANDOM));
        for (int object = 0; object < 5_000 / Opener.MOST_UNOPENED; object++) {
            Map<String, String> items = new HashMap<>();
            for (int i = 0; i < Opener.MOST_UNOPENED; i++) {
                items.put("k" + i, Base64.getEncoder().encodeToString(spoilt(sealed, random)));
            }

            Opened opened =
                    OPENER.open(
                            new SealedItems("ns", "name", Scope.STRICT, items),
                            new KeyRing(List.of(key)));

            assertThat(opened).isInstanceOf(Opened.Unopened.class);
            Opened.Unopened unopened = (Opened.Unopened) opened;
            assertThat(unopened.problems().keySet()).isEqualTo(items.keySet());
            assertThat(unopened.problems().values()).containsOnly("no key could decrypt secret");
            assertThat(unopened.untried()).isZero();
        }
    }

    @Test
    void afterTwentyValuesThatDoNotOpenTheRestIsLeftAlone() throws Exception {
        String good = sealed(KEYS.getFirst(), "v");
        String other = sealed(KEYS.getLast(), "v");
        Map<String, String> items = new HashMap<>();
        for (int i = 100; i < 400; i++) {
            items.put("k" + i, i % 3 == 0 ? other : good);
        }

        Opened opened =
                OPENER.open(
                        new SealedItems("ns", "name", Scope.STRICT, items),
                        new KeyRing(List.of(KEYS.getFirst())));

        assertThat(opened)
                .isInstanceOfSatisfying(
                        Opened.Unopened.class,
                        unopened -> {
                            assertThat(unopened.problems().keySet())
                                    .hasSize(20)
                                    .allMatch(k -> Integer.parseInt(k.substring(1)) <= 159)
                                    .contains("k102", "k159");
                            assertThat(unopened.untried()).isEqualTo(240);
                            assertThat(unopened.message())
                                    .startsWith("no key could decrypt secret (k102, k105,")
                                    .endsWith(", k159)\n240 more values were not tried");
                        });
    }

    @Test
    void ciphertextsOfTheWrongLengthCostNothing() throws Exception {
        Map<String, String> items = new HashMap<>();
        for (int bytes : new int[] {0, 1, 127, 129, 256, 4096}) {
            byte[] whole = new byte[2 + bytes + 32];
            whole[0] = (byte) (bytes >> 8);
            whole[1] = (byte) bytes;
            items.put("k" + bytes, Base64.getEncoder().encodeToString(whole));
        }

        Opened opened = open(Scope.STRICT, "ns", "n", items);

        assertThat(opened)
                .isInstanceOfSatisfying(
                        Opened.Unopened.class,
                        unopened ->
                                assertThat(unopened.problems().keySet()).isEqualTo(items.keySet()));
    }

    @Test
    void objectOfAnotherNamespaceIsOpenedBeforeAThousandThatCameFirst() throws Exception {
        String sealed = sealed(KEYS.getFirst(), "v");
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            many.put("k" + i, sealed);
        }
        KeyRing ring = new KeyRing(List.of(KEYS.getFirst()));
        AtomicInteger over = new AtomicInteger();
        try (Opener one = new Opener(1)) {
            List<Thread> waiting = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                waiting.add(
                        Thread.ofVirtual()
                                .start(() -> {
                                    try {
                                        one.open(
                                                new SealedItems("ns", "name", Scope.STRICT, many),
                                                ring);
                                        over.incrementAndGet();
                                    } catch (InterruptedException | IllegalStateException e) {
                                        // The test is over.
                                    }
                                }));
            }
            while (waiting.stream().anyMatch(t -> t.getState() == Thread.State.NEW)) {
                Thread.onSpinWait();
            }

            Opened opened =
                    one.open(
                            new SealedItems(
                                    "other",
                                    "name",
                                    Scope.NAMESPACE_WIDE,
                                    Map.of(
                                            "k",
                                            KEYS.getFirst()
                                                    .certificate()
                                                    .seal(
                                                            SecretValue.ofUtf8("v"),
                                                            Scope.NAMESPACE_WIDE.label("other", ""),
                                                            RANDOM))),
                            ring);

            assertThat(opened).isInstanceOf(Opened.Values.class);
            assertThat(over).hasValue(0);
            waiting.forEach(Thread::interrupt);
        }
    }

    @Test
    void whoWaitsIsToldOfTheEnd() throws Exception {
        Opener closed = new Opener(1);
        closed.close();

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        closed.open(
                                new SealedItems("ns", "n", Scope.STRICT, Map.of("a", "AAAA")),
                                KeyRing.EMPTY));
    }

    @Test
    void problemsAreToldInAnOrderThatStays() throws Exception {
        Opened opened =
                open(Scope.STRICT, "ns", "n", Map.of("b", "AAAA", "a", "AAAA", "c", "!", "d", "!"));

        assertThat(opened)
                .isInstanceOfSatisfying(
                        Opened.Unopened.class,
                        unopened -> {
                            assertThat(unopened.message())
                                    .isEqualTo(
                                            "illegal base64 data at input byte 0 (c, d)\n"
                                                    + "no key could decrypt secret (a, b)");
                            assertThat(unopened.wantsAnotherKey()).isTrue();
                        });
    }

    @Test
    void withoutAKeyNothingOpens() throws Exception {
        Opened opened =
                OPENER.open(
                        new SealedItems("ns", "n", Scope.STRICT, Map.of("a", "AAAA")),
                        KeyRing.EMPTY);

        assertThat(opened).isInstanceOf(Opened.Unopened.class);
    }

    private static String sealed(UnsealingKey key, String value) {
        return key.certificate()
                .seal(SecretValue.ofUtf8(value), Scope.STRICT.label("ns", "name"), RANDOM);
    }

    private static Opened open(
            Scope scope, String namespace, String name, Map<String, String> items)
            throws InterruptedException {
        return OPENER.open(
                new SealedItems(namespace, name, scope, items), KeyRing.byCertificate(KEYS));
    }

    /** One bit is other, bytes are cut off, put in or doubled, or all is noise. */
    private static byte[] spoilt(byte[] sealed, Random random) {
        int at = random.nextInt(sealed.length);
        return switch (random.nextInt(4)) {
            case 0 -> {
                byte[] flipped = sealed.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                yield flipped;
            }
            case 1 -> Arrays.copyOf(sealed, at);
            case 2 -> Arrays.copyOf(sealed, sealed.length + 1 + at);
            default -> {
                byte[] noise = new byte[at];
                random.nextBytes(noise);
                yield noise;
            }
        };
    }
}

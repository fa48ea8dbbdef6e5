package dev.signet.provider.contract;

import static dev.signet.provider.contract.Outcomes.extract;
import static dev.signet.provider.contract.Outcomes.found;
import static dev.signet.provider.contract.Outcomes.read;
import static dev.signet.provider.contract.Outcomes.text;
import static dev.signet.provider.contract.Outcomes.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.StoreHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The rules that every provider keeps. A provider's test class implements it, and leaves behind in
 * {@code target/conformance} how each {@linkplain ContractCase case} went.
 */
@ExtendWith(ConformanceRecorder.class)
public interface ProviderContract extends TroubleContract {

    @Test
    @Shows(ContractCase.GET)
    default void readsWholeSecret() throws Exception {
        String json = "{\"password\":\"s3cret\",\"user\":\"alice\"}";
        backend().put("contract-whole", json);
        try (SecretClient client = backend().open()) {
            assertThat(text(read(client, RemoteRef.of("contract-whole")))).isEqualTo(json);
        }
    }

    @Test
    @Shows(ContractCase.PROPERTY)
    default void readsOneProperty() throws Exception {
        backend().put("contract-property", "{\"password\":\"s3cret\",\"user\":\"alice\"}");
        try (SecretClient client = backend().open()) {
            RemoteRef ref = RemoteRef.of("contract-property", "password");
            assertThat(text(read(client, ref))).isEqualTo("s3cret");
        }
    }

    @Test
    @Shows(ContractCase.PROPERTY)
    default void readsPropertyByPath() throws Exception {
        backend().put("contract-path", "{\"a\":{\"b\":[\"x\",\"y\"],\"id\":12345678901234567890}}");
        try (SecretClient client = backend().open()) {
            assertThat(text(read(client, RemoteRef.of("contract-path", "a.b.1")))).isEqualTo("y");
            assertThat(text(read(client, RemoteRef.of("contract-path", "a.id"))))
                    .isEqualTo("12345678901234567890");
            assertThat(text(read(client, RemoteRef.of("contract-path", "a.b"))))
                    .isEqualTo("[\"x\",\"y\"]");
        }
    }

    @Test
    @Shows(ContractCase.VERSION)
    default void readsAnOlderVersion() throws Exception {
        backend().put("contract-version", "{\"n\":\"1\"}");
        String first = backend().version("contract-version");
        backend().put("contract-version", "{\"n\":\"2\"}");
        try (SecretClient client = backend().open()) {
            assertThat(text(read(client, RemoteRef.of("contract-version", "n")))).isEqualTo("2");
            RemoteRef older = new RemoteRef("contract-version", "n", first, false);
            assertThat(text(read(client, older))).isEqualTo("1");
            RemoteRef never = new RemoteRef("contract-version", "", "no-such-version", false);
            assertThat(read(client, never)).isNotInstanceOf(ReadOutcome.Found.class);
        }
    }

    @Test
    @Shows(ContractCase.METADATA)
    default void readsMetadataInPlaceOfTheValue() throws Exception {
        String property =
                backend().putTagged("contract-tagged", "{\"user\":\"alice\"}", "team", "blue");
        RemoteRef whole = new RemoteRef("contract-tagged", "", "", true);
        RemoteRef tag = new RemoteRef("contract-tagged", property, "", true);
        try (SecretClient client = backend().open()) {
            assertThat(text(read(client, whole))).contains("blue").doesNotContain("alice");
            assertThat(text(read(client, tag))).isEqualTo("blue");
            assertThat(text(read(client, RemoteRef.of("contract-tagged", "user"))))
                    .isEqualTo("alice");
        }
    }

    @Test
    @Shows(ContractCase.BINARY)
    default void keepsBytesThatAreNoText() throws Exception {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        RemoteRef ref = backend().putBinary("contract-binary", bytes);
        try (SecretClient client = backend().open()) {
            assertThat(found(read(client, ref)).bytes()).isEqualTo(bytes);
        }
    }

    @Test
    @Shows(ContractCase.LARGE)
    default void readsSecretOf64Kibibytes() throws Exception {
        String value = "v".repeat(64 * 1024 - "{\"v\":\"\"}".length());
        backend().put("contract-large", "{\"v\":\"" + value + "\"}");
        try (SecretClient client = backend().open()) {
            assertThat(found(read(client, RemoteRef.of("contract-large"))).size())
                    .isEqualTo(64 * 1024);
            assertThat(text(read(client, RemoteRef.of("contract-large", "v")))).isEqualTo(value);
        }
    }

    @Test
    @Shows(ContractCase.MISSING)
    default void saysMissingOfSecretThatNeverWas() throws Exception {
        try (SecretClient client = backend().open()) {
            RemoteRef ref = RemoteRef.of("contract-never-was");
            assertThat(read(client, ref)).isInstanceOf(ReadOutcome.Missing.class);
            assertThat(read(client, ref).toString()).contains("contract-never-was");
            assertThat(extract(client, ref)).isInstanceOf(ReadOutcome.Missing.class);
            assertThat(read(client, RemoteRef.of("contract-never-was", "user")))
                    .isInstanceOf(ReadOutcome.Missing.class);
        }
    }

    @Test
    @Shows(ContractCase.MISSING)
    default void saysMissingOfSecretThatWasDeleted() throws Exception {
        backend().put("contract-deleted", "{\"user\":\"alice\"}");
        backend().delete("contract-deleted");
        try (SecretClient client = backend().open()) {
            assertThat(read(client, RemoteRef.of("contract-deleted")))
                    .isInstanceOf(ReadOutcome.Missing.class);
        }
    }

    @Test
    @Shows(ContractCase.PROPERTY)
    default void tellsMissingPropertyFromMissingSecret() throws Exception {
        backend().put("contract-no-property", "{\"user\":\"alice\"}");
        Class<?> expected =
                switch (backend().missingProperty()) {
                    case MISSING -> ReadOutcome.Missing.class;
                    case INVALID -> ReadOutcome.Invalid.class;
                };
        try (SecretClient client = backend().open()) {
            RemoteRef ref = RemoteRef.of("contract-no-property", "pass");
            assertThat(read(client, ref)).isInstanceOf(expected);
        }
    }

    @Test
    @Shows(ContractCase.GET)
    default void answersEveryReferenceForItself() throws Exception {
        backend().put("contract-many", "{\"password\":\"s3cret\",\"user\":\"alice\"}");
        RemoteRef user = RemoteRef.of("contract-many", "user");
        RemoteRef password = RemoteRef.of("contract-many", "password");
        RemoteRef missing = RemoteRef.of("contract-many-not");
        try (SecretClient client = backend().open()) {
            var answers = client.read(Set.of(user, password, missing));
            assertThat(answers).containsOnlyKeys(user, password, missing);
            assertThat(answers.get(user)).isEqualTo(read(client, user));
            assertThat(answers.get(password)).isEqualTo(read(client, password));
            assertThat(answers.get(missing)).isInstanceOf(ReadOutcome.Missing.class);
            assertThat(client.read(Set.of())).isEmpty();
        }
    }

    @Test
    @Shows(ContractCase.EXTRACT)
    default void extractsMembers() throws Exception {
        backend()
                .put(
                        "contract-extract",
                        "{\"flag\":true,\"list\":[1,\"two\"],\"map\":{\"k\":\"v\"},\"none\":null,"
                                + "\"number\":42,\"text\":\"plain\"}");
        try (SecretClient client = backend().open()) {
            assertThat(texts(extract(client, RemoteRef.of("contract-extract"))))
                    .isEqualTo(
                            Map.of(
                                    "flag", "true",
                                    "list", "[1,\"two\"]",
                                    "map", "{\"k\":\"v\"}",
                                    "none", "",
                                    "number", "42",
                                    "text", "plain"));
        }
    }

    @Test
    @Shows(ContractCase.UNICODE)
    default void keepsUnicodeAndControlCharacters() throws Exception {
        backend()
                .put(
                        "contract-unicode",
                        "{\"a.b\":\"dot\",\"quote\\\"\":\"\\\"\\\\\",\"é\":\"ü\\n\\t\",\"日本\":\"😀\"}");
        try (SecretClient client = backend().open()) {
            assertThat(texts(extract(client, RemoteRef.of("contract-unicode"))))
                    .isEqualTo(Map.of("a.b", "dot", "quote\"", "\"\\", "é", "ü\n\t", "日本", "😀"));
            assertThat(text(read(client, RemoteRef.of("contract-unicode", "日本")))).isEqualTo("😀");
        }
    }

    @Test
    @Shows(ContractCase.FIND)
    default void findsByPartOfName() throws Exception {
        backend().put("contract-find-one", "{\"n\":\"1\"}");
        backend().put("contract-find-two", "{\"n\":\"2\"}");
        backend().put("contract-lost", "{\"n\":\"3\"}");
        try (SecretClient client = backend().open()) {
            FindQuery query = new FindQuery("", "tract-f.nd-[ot]", Map.of());
            assertThat(texts(client.find(query)))
                    .isEqualTo(
                            Map.of(
                                    backend().foundName("contract-find-one"), "{\"n\":\"1\"}",
                                    backend().foundName("contract-find-two"), "{\"n\":\"2\"}"));
        }
    }

    @Test
    @Shows(ContractCase.FIND)
    default void findsNothingWithoutCallingThatMissing() throws Exception {
        try (SecretClient client = backend().open()) {
            FindQuery query = new FindQuery("", "^no-such-name-at-all$", Map.of());
            assertThat(found(client.find(query))).isEmpty();
        }
    }

    @Test
    @Shows(ContractCase.FIND)
    default void refusesExpressionThatIsNone() throws Exception {
        try (SecretClient client = backend().open()) {
            assertThat(client.find(new FindQuery("", "(open", Map.of())))
                    .isInstanceOf(ReadOutcome.Invalid.class);
        }
    }

    @Test
    @Shows(ContractCase.HOSTILE_KEYS)
    default void readsAwkwardKeys() throws Exception {
        for (String key : backend().awkwardKeys()) {
            backend().put(key, "{\"user\":\"alice\"}");
            try (SecretClient client = backend().open()) {
                assertThat(text(read(client, RemoteRef.of(key, "user"))))
                        .as(key)
                        .isEqualTo("alice");
            }
        }
    }

    @Test
    @Shows(ContractCase.HOSTILE_KEYS)
    default void answersHostileReferencesWithoutThrowing() throws Exception {
        List<String> hostile =
                List.of(
                        "",
                        "/",
                        "//",
                        "..",
                        "../",
                        "../../sys/health",
                        "contract-x/../contract-hostile",
                        "./contract-hostile",
                        "%2e%2e/x",
                        "%2f",
                        "contract%2dhostile",
                        "a\u0000b",
                        "a\r\nb: c",
                        "?list=true",
                        "#",
                        "{0}%s${x}",
                        "k".repeat(2048),
                        "k".repeat(5000));
        backend().put("contract-hostile", "{\"user\":\"alice\"}");
        try (SecretClient client = backend().open()) {
            for (String key : hostile) {
                assertThat(read(client, RemoteRef.of(key)))
                        .as(key)
                        .isNotInstanceOf(ReadOutcome.Found.class);
            }
            for (String path : List.of("|", "#(", "\\", "@nosuch", "[".repeat(9000))) {
                assertThat(read(client, RemoteRef.of("contract-hostile", path)))
                        .as(path)
                        .isNotInstanceOf(ReadOutcome.Found.class);
            }
        }
    }

    @Test
    @Shows(ContractCase.CONCURRENT)
    default void servesManyThreadsAtOnce() throws Exception {
        for (int n = 0; n < 4; n++) {
            backend().put("contract-thread-" + n, "{\"n\":\"" + n + "\"}");
        }
        try (SecretClient client = backend().open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> reads = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                RemoteRef ref = RemoteRef.of("contract-thread-" + i % 4, "n");
                reads.add(() -> text(read(client, ref)));
            }
            List<Future<String>> answers = threads.invokeAll(reads);
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo(Integer.toString(i % 4));
            }
        }
    }

    @Test
    @Shows(ContractCase.CLOSE)
    default void closesTwice() throws Exception {
        backend().put("contract-close", "{\"user\":\"alice\"}");
        SecretClient client = backend().open();
        assertThat(text(read(client, RemoteRef.of("contract-close", "user")))).isEqualTo("alice");
        client.close();
        client.close();
    }

    @Test
    @Shows(ContractCase.CLOSE)
    default void closesUnused() {
        backend().open().close();
    }

    @Test
    @Shows(ContractCase.CHECK)
    default void acceptsGoodIdentity() throws Exception {
        try (SecretClient client = backend().open()) {
            assertThat(client.validate()).isEqualTo(new StoreHealth.Valid());
        }
    }

    @Test
    @Shows(ContractCase.DISCREET)
    default void showsNoValueInAnyText() throws Exception {
        String canary = "canary-7d1f";
        backend()
                .put("contract-canary", "{\"list\":[\"" + canary + "\"],\"v\":\"" + canary + "\"}");
        RemoteRef whole = RemoteRef.of("contract-canary");
        try (SecretClient client = backend().open()) {
            assertThat(text(read(client, RemoteRef.of("contract-canary", "v")))).isEqualTo(canary);
            List<Object> printed =
                    List.of(
                            client,
                            client.read(Set.of(whole, RemoteRef.of("contract-canary", "nope"))),
                            client.extract(
                                    Set.of(
                                            whole,
                                            RemoteRef.of("contract-canary", "v"),
                                            RemoteRef.of("contract-canary", "list"))),
                            client.find(new FindQuery("", "contract-canary", Map.of())),
                            client.validate());
            for (Object one : printed) {
                assertThat(one.toString()).doesNotContain(canary);
            }
        }
    }
}

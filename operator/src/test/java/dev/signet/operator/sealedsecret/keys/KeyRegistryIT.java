package dev.signet.operator.sealedsecret.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.operator.KubernetesClients;
import dev.signet.operator.event.EventRecorder;
import dev.signet.operator.kube.ApiCalls;
import dev.signet.operator.sealedsecret.KeyOrder;
import dev.signet.operator.sealedsecret.KeySettings;
import dev.signet.sealed.UnsealingKey;
import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.RbacRule;
import dev.signet.testbed.ServiceAccountUser;
import dev.signet.testbed.SharedControlPlane;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys on a real API server, each test in a namespace of its own. */
class KeyRegistryIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration PERIOD = Duration.ofDays(30);
    private static final String MAP = "sealed-secrets-certificate";

    private static ControlPlane plane;
    private static KubernetesClient admin;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final Clock clock = movable();
    private final List<AutoCloseable> open = new ArrayList<>();
    private String namespace;

    @BeforeAll
    static void start() {
        plane = SharedControlPlane.get();
        admin = KubernetesClients.fromKubeconfig(plane.kubeconfig());
    }

    @AfterAll
    static void stop() {
        admin.close();
    }

    @BeforeEach
    void take() {
        namespace = SharedControlPlane.freshNamespace();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private Clock movable() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }

    private static KeySettings settings(@Nullable Instant cutoff) {
        return new KeySettings(
                "sealed-secrets-key",
                2048,
                Duration.ofDays(3650),
                "",
                PERIOD,
                KeyOrder.CERT_NOT_BEFORE,
                cutoff,
                Map.of("team", "a"),
                Map.of("note", "b"),
                MAP);
    }

    private KeyRegistry registry() {
        return registry(admin, settings(null));
    }

    private KeyRegistry registry(KubernetesClient client, KeySettings settings) {
        ApiCalls calls = new ApiCalls(client);
        EventRecorder events = new EventRecorder(client, calls, clock);
        KeyRegistry registry = new KeyRegistry(client, namespace, settings, events, clock, TICK);
        open.add(calls);
        open.add(events);
        open.add(registry);
        registry.start();
        return registry;
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    private static void untilKeys(KeyRegistry registry, int count) {
        until(() -> registry.current().keys().size() == count);
    }

    private List<Secret> keySecrets() {
        return admin.secrets()
                .inNamespace(namespace)
                .withLabel(KeySecrets.LABEL, KeySecrets.ACTIVE)
                .list()
                .getItems();
    }

    private Secret store(String name, UnsealingKey key, Map<String, String> labels) {
        Secret secret = KeySecrets.write(key, namespace, settings(null));
        return admin.secrets()
                .inNamespace(namespace)
                .resource(
                        new SecretBuilder(secret)
                                .editMetadata()
                                .withName(name)
                                .withGenerateName(null)
                                .withLabels(labels)
                                .endMetadata()
                                .build())
                .create();
    }

    private Secret store(String name, UnsealingKey key) {
        return store(name, key, Map.of(KeySecrets.LABEL, KeySecrets.ACTIVE));
    }

    private UnsealingKey keyOf(Duration age) {
        return KeyReaderTest.key(now.get().minus(age).toString());
    }

    private @Nullable String published() {
        ConfigMap map = admin.configMaps().inNamespace(namespace).withName(MAP).get();
        return map == null || map.getData() == null ? null : map.getData().get("cert.pem");
    }

    @Test
    void firstKeyIsMadeAsBitnamisControllerMakesItAndItsCertificatePublished() {
        KeyRegistry registry = registry();

        untilKeys(registry, 1);
        UnsealingKey key = registry.current().keys().getFirst();
        until(() -> key.certificate().pem().equals(published()));
        assertThat(keySecrets())
                .singleElement()
                .satisfies(secret -> {
                    ObjectMeta meta = secret.getMetadata();
                    assertThat(meta.getName())
                            .startsWith("sealed-secrets-key")
                            .isEqualTo(key.name());
                    assertThat(secret.getType()).isEqualTo("kubernetes.io/tls");
                    assertThat(meta.getLabels()).containsEntry("team", "a");
                    assertThat(meta.getAnnotations()).containsEntry("note", "b");
                    assertThat(KeySecrets.read(secret).key().fingerprint())
                            .isEqualTo(key.fingerprint());
                });
    }

    @Test
    void keysThatAreThereAreUsedAndNoneIsMade() {
        store("mine", keyOf(Duration.ofDays(3)));
        store("older", keyOf(Duration.ofDays(5)));
        store("sealed-secrets-key", keyOf(Duration.ofDays(7)), Map.of());
        store("stolen", keyOf(Duration.ofDays(1)), Map.of(KeySecrets.LABEL, "compromised"));

        KeyRegistry registry = registry();

        untilKeys(registry, 3);
        assertThat(registry.current().names())
                .containsExactly("mine", "older", "sealed-secrets-key");
        assertThat(keySecrets()).hasSize(2);
    }

    @Test
    void keysAreNoticedAsTheyComeAndGo() {
        store("first", keyOf(Duration.ofDays(3)));
        KeyRegistry registry = registry();
        AtomicInteger told = new AtomicInteger();
        registry.onChange(told::incrementAndGet);
        untilKeys(registry, 1);

        store("second", keyOf(Duration.ofDays(1)));
        untilKeys(registry, 2);
        assertThat(registry.current().names()).containsExactly("second", "first");

        admin.secrets()
                .inNamespace(namespace)
                .withName("second")
                .edit(secret ->
                        new SecretBuilder(secret)
                                .editMetadata()
                                .addToLabels(KeySecrets.LABEL, "compromised")
                                .endMetadata()
                                .build());
        untilKeys(registry, 1);
        assertThat(registry.current().names()).containsExactly("first");
        until(() -> told.get() >= 2);
        until(() -> registry.current().keys().getFirst().certificate().pem().equals(published()));
    }

    @Test
    void brokenNewestKeyIsToldOfAndTheNextOneUsed() {
        store("good", keyOf(Duration.ofDays(3)));
        Secret broken =
                admin.secrets()
                        .inNamespace(namespace)
                        .resource(
                                new SecretBuilder()
                                        .withNewMetadata()
                                        .withName("broken")
                                        .addToLabels(KeySecrets.LABEL, KeySecrets.ACTIVE)
                                        .endMetadata()
                                        .addToStringData("tls.crt", "c4n4ry")
                                        .addToStringData("tls.key", "c4n4ry")
                                        .build())
                        .create();

        KeyRegistry registry = registry();

        untilKeys(registry, 1);
        assertThat(registry.current().names()).containsExactly("good");
        until(() -> !events(broken).isEmpty());
        assertThat(events(broken))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getType()).isEqualTo("Warning");
                    assertThat(event.getReason()).isEqualTo("InvalidKey");
                    assertThat(event.getMessage()).doesNotContain("c4n4ry");
                    assertThat(event.getCount()).isEqualTo(1);
                });
    }

    private List<Event> events(Secret secret) {
        return admin.v1()
                .events()
                .inNamespace(namespace)
                .withField("involvedObject.uid", secret.getMetadata().getUid())
                .list()
                .getItems();
    }

    @Test
    void keyIsRenewedWhenItsTimeHasComeAndWhenAsked() {
        KeyRegistry registry = registry();
        untilKeys(registry, 1);
        String first = registry.current().names().getFirst();

        now.updateAndGet(time -> time.plus(PERIOD).plusSeconds(1));
        untilKeys(registry, 2);
        String second = registry.current().names().getFirst();
        assertThat(second).isNotEqualTo(first);

        registry.renew();
        untilKeys(registry, 3);
        assertThat(registry.current().names().subList(1, 3)).containsExactly(second, first);
    }

    @Test
    void keyFromAClockThatWasAheadDoesNotStayTheNewest() {
        store("ahead", keyOf(Duration.ofDays(-100)));
        KeyRegistry registry = registry();
        untilKeys(registry, 1);

        registry.renew();

        untilKeys(registry, 2);
        assertThat(registry.current().names().getLast()).isEqualTo("ahead");
    }

    @Test
    void keyFromBeforeTheCutoffIsReplacedOnce() {
        store("old", keyOf(Duration.ofDays(3)));
        KeySettings settings = settings(now.get().minus(Duration.ofDays(2)));
        KeyRegistry first = registry(admin, settings);
        untilKeys(first, 2);
        first.close();

        KeyRegistry second = registry(admin, settings);

        untilKeys(second, 2);
        until(() -> published() != null);
        assertThat(keySecrets()).hasSize(2);
        assertThat(second.current().names().getLast()).isEqualTo("old");
    }

    @Test
    void certificateIsPutBackWhenSomebodyTakesOrChangesIt() {
        store("key", keyOf(Duration.ofDays(3)));
        KeyRegistry registry = registry();
        untilKeys(registry, 1);
        String pem = registry.current().keys().getFirst().certificate().pem();
        until(() -> pem.equals(published()));

        admin.configMaps()
                .inNamespace(namespace)
                .withName(MAP)
                .edit(map -> {
                    map.setData(Map.of("cert.pem", "another", "mine", "stays"));
                    return map;
                });
        until(() -> pem.equals(published()));
        assertThat(admin.configMaps().inNamespace(namespace).withName(MAP).get().getData())
                .containsEntry("mine", "stays");

        admin.configMaps().inNamespace(namespace).withName(MAP).delete();
        until(() -> pem.equals(published()));
    }

    @Test
    void noKeyIsMadeWhileSecretsCannotBeListed() {
        ServiceAccountUser user =
                plane.api()
                        .serviceAccount(
                                namespace,
                                "operator",
                                List.of(RbacRule.of("", "secrets", "create", "get")));
        KubernetesClient client =
                KubernetesClients.fromKubeconfig(plane.kubeconfigFor(user.token()));
        open.add(client);
        KeyRegistry registry = registry(client, settings(null));
        registry.renew();
        KeyRegistry other = registry(admin, settings(null));
        untilKeys(other, 1);

        assertThat(registry.isReady()).isFalse();
        assertThat(keySecrets()).hasSize(1);

        plane.api()
                .serviceAccount(
                        namespace, "lister", List.of(RbacRule.of("", "secrets", "list", "watch")));
        plane.api().bind(namespace, "operator", namespace + ":lister");
        // What was asked for meanwhile is made up for.
        until(() -> registry.current().keys().size() == 2);
    }

    @Test
    void operatorsThatStartAtOnceUseEachOthersKeys() {
        KeyRegistry one = registry();
        KeyRegistry other = registry();

        until(() ->
                one.isReady()
                        && one.current().names().equals(other.current().names())
                        && one.current().keys().size() == keySecrets().size());
        until(() -> one.current().keys().getFirst().certificate().pem().equals(published()));
    }
}

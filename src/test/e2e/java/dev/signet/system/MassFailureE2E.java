package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Fault;
import dev.signet.testbed.FaultProxy;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.ProxiedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand ExternalSecrets of one store that fail at once: it costs little as long as it lasts,
 * and they are all served soon after the store is back.
 */
@Tag("long")
class MassFailureE2E {

    private static final int COUNT = Integer.getInteger("signet.mass", 10_000);
    private static final int KEYS = 200;

    private static final Fault DENIED = Fault.json(403, "{\"errors\":[\"permission denied\"]}");

    private static final Duration LONGEST = Duration.ofMinutes(12);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofSeconds(4);
    private static final Duration WINDOW = Duration.ofSeconds(30);

    private OpenBao bao;
    private FaultProxy proxy;
    private Space space;
    private SignetProcess signet;

    @Test
    void tenThousandFailingCostLittleAndRecoverTogether(@TempDir Path folder) throws Exception {
        try (OpenBao vault = OpenBao.builder(Binaries.discover()).start();
                FaultProxy way = FaultProxy.before(vault.address(), "");
                Space own = Space.fresh();
                SignetProcess operator =
                        SignetProcess.start(folder, "--namespace=" + own.namespace())) {
            bao = vault;
            proxy = way;
            space = own;
            signet = operator;
            Duration creation = make();

            failing(Outage.READS, DENIED, "denies", "first");
            // A Secret and a status are written for each, where one object was in the making.
            Duration allowed = max(MINUTE, creation.multipliedBy(4));
            recovers("denied", allowed, "v1");

            failing(Outage.ALL, Fault.json(500, "{\"errors\":[]}"), "server error 500", "second");
            put("v2");
            recovers("down", allowed, "v2");
            assertThat(signet.terminate()).isZero();
        }
    }

    /** Makes them all while their store denies, and says how long it took to write so many. */
    private Duration make() {
        put("v1");
        proxy.add(Outage.READS, DENIED);
        space.secret("token", Map.of("token", bao.rootToken()));
        store("first");
        long begun = System.nanoTime();
        Parallel.each(COUNT, i -> space.apply(externalSecret(i)));
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void failing(Predicate<ProxiedRequest> which, Fault fault, String says, String change)
            throws InterruptedException {
        proxy.mend();
        proxy.add(which, fault);
        store(change);
        awaitAll(LONGEST, es -> Ready.of(es).isFalse() && Ready.of(es).message().contains(says));
        step("all fail: " + says);
        Map<String, String> before = versions();
        int calls = proxy.count(request -> true);
        Duration cpu = signet.cpu();
        // As long as they fail, nothing but these calls happens.
        Thread.sleep(WINDOW);

        double perSecond = (proxy.count(request -> true) - calls) / (double) WINDOW.toSeconds();
        double cores = signet.cpu().minus(cpu).toMillis() / (double) WINDOW.toMillis();
        System.out.printf(
                "failing (%s): %.1f calls/s, %.2f cores, %d MiB%n",
                says, perSecond, cores, signet.residentMiB());
        assertThat(perSecond).as("calls a second").isLessThan(100);
        assertThat(cores).as("cores").isLessThan(0.5);
        assertThat(versions()).as("each status is written once").isEqualTo(before);
    }

    private void recovers(String from, Duration allowed, String value) {
        long begun = System.nanoTime();
        proxy.mend();
        awaitAll(LONGEST, es -> Ready.of(es).isTrue());
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.out.printf("all Ready %s after %s, allowed %s%n", took, from, allowed);
        Awaitility.await()
                .atMost(LONGEST)
                .pollInterval(POLL)
                .untilAsserted(() ->
                        assertThat(space.list(Kind.SECRET))
                                .hasSize(COUNT + 1)
                                .filteredOn(MassFailureE2E::isTarget)
                                .allMatch(secret -> Space.data(secret).equals(Map.of("k", value))));
        assertThat(took).isLessThan(allowed);
    }

    private static boolean isTarget(JsonNode secret) {
        return secret.at("/metadata/name").asText().startsWith("mass-");
    }

    private void awaitAll(Duration patience, Predicate<JsonNode> condition) {
        Awaitility.await()
                .atMost(patience)
                .pollInterval(POLL)
                .untilAsserted(() -> {
                    List<JsonNode> all = space.list(Kind.EXTERNAL_SECRET);
                    assertThat(all).hasSize(COUNT);
                    assertThat(all.stream().filter(condition.negate()).count())
                            .as("not so yet")
                            .isZero();
                });
    }

    private Map<String, String> versions() {
        Map<String, String> versions = new HashMap<>();
        for (JsonNode es : space.list(Kind.EXTERNAL_SECRET)) {
            versions.put(
                    es.at("/metadata/name").asText(), es.at("/metadata/resourceVersion").asText());
        }
        return versions;
    }

    private void put(String value) {
        Parallel.each(KEYS, i -> bao.api().putKv2("secret", "mass-" + i, Map.of("k", value)));
    }

    /** A change of the store asks all that read through it to look again. */
    private void store(String change) {
        space.apply(
                Manifests.vaultStore(
                        "SecretStore",
                        "vault",
                        proxy.address(),
                        Manifests.token("token"),
                        "headers: {x-change: %s}".formatted(change)));
    }

    private static String externalSecret(int i) {
        return Manifests.externalSecret("mass-" + i)
                .from("vault")
                .data("k", "mass-" + i % KEYS, "k")
                .yaml();
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private static void step(String what) {
        System.out.println(java.time.Instant.now() + " " + what);
    }
}

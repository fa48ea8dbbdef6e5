package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.testbed.AuditLog;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Fault;
import dev.signet.testbed.FaultProxy;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.VaultApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * All the ways in which a Vault fails, at the same time, each on a store of its own: no Secret
 * changes, the conditions say what is wrong in words of our own, and when all is mended each Secret
 * follows, with nobody helping.
 */
@Tag("long")
class VaultOutagesE2E {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String POLICY =
            "path \"secret/*\" { capabilities = [\"read\", \"list\"] }";

    private final List<FaultProxy> proxies = new ArrayList<>();

    @Test
    void nothingIsLostInAnyOutageAndAllFollowsAfterwards() {
        try (OpenBao bao = vault();
                OpenBao sealed = vault();
                OpenBao down = vault();
                Space space = Space.fresh();
                RunningOperator operator = RunningOperator.in(space.namespace())) {
            List<Outage> outages = new ArrayList<>();
            outages.addAll(onTheWay(bao, role(bao.api(), space, "approle")));
            outages.addAll(ofTheVault(sealed, down, space));
            outages.addAll(ofTheToken(bao, space));
            outages.forEach(outage -> outage.put("v1"));
            outages.forEach(outage -> space.apply(outage.store()));
            Parallel.each(outages.size(), i -> outages.get(i).manifests().forEach(space::apply));
            awaitAll(space, outages, "v1");
            Map<String, String> versions = versions(space);

            outages.forEach(outage -> outage.begin().run());
            List<Integer> hits = outages.stream().map(outage -> outage.hits().getAsInt()).toList();
            await(() -> assertTold(space, outages));
            await(() -> {
                for (int i = 0; i < hits.size(); i++) {
                    assertThat(outages.get(i).hits().getAsInt())
                            .as(outages.get(i).name())
                            .isGreaterThanOrEqualTo(hits.get(i) + 4);
                }
            });
            assertTold(space, outages);

            assertThat(versions(space)).isEqualTo(versions);
            assertThat(space.list(Kind.EVENT))
                    .extracting(event -> event.path("message").asText())
                    .noneMatch(text -> text.contains(Outage.NEEDLE));

            outages.forEach(outage -> outage.end().run());
            outages.forEach(outage -> outage.put("v2"));
            awaitAll(space, outages, "v2");
            await(() -> space.list(Kind.EXTERNAL_SECRET).forEach(VaultOutagesE2E::assertReady));
            assertThat(operator.fatal()).isEmpty();
        } finally {
            proxies.forEach(FaultProxy::close);
        }
    }

    private List<Outage> onTheWay(OpenBao bao, VaultApi.AppRole role) {
        var reads = Outage.READS;
        var all = Outage.ALL;
        String body = "{\"errors\": [\"%s\"]}".formatted(Outage.NEEDLE);
        String foreign = "without the JSON that Vault sends";
        Map<String, String> html = Map.of("Content-Type", "text/html");
        Fault page = new Fault.Answer(200, html, "<p>" + Outage.NEEDLE + "</p>");
        Fault noPage = new Fault.Answer(404, html, "<p>" + Outage.NEEDLE + "</p>");
        Fault later = new Fault.Answer(429, Map.of("Retry-After", "1"), body);
        return List.of(
                of("denied", bao, role, reads, Fault.json(403, body), "denies", "403"),
                of("denied-all", bao, role, all, Fault.json(403, body), "denies", "refused", "403"),
                of("behind", bao, role, reads, Fault.json(412, body), "lags behind (412)"),
                of("busy", bao, role, reads, later, "rate limit reached (429)"),
                of("busy-all", bao, role, all, Fault.json(429, body), "(429)"),
                of("standby", bao, role, all, Fault.json(473, body), "standby (473)"),
                of("broken", bao, role, reads, Fault.json(500, body), "server error 500"),
                of("broken-all", bao, role, all, Fault.json(500, body), "server error 500"),
                of("gateway", bao, role, all, Fault.html(502), "server error 502"),
                of("page", bao, role, reads, page, foreign),
                of("no-page", bao, role, reads, noPage, foreign),
                of("no-route", bao, role, reads, Fault.json(404, body), "404"),
                of("no-word", bao, role, reads, Fault.json(404, "{}"), foreign),
                of("empty", bao, role, reads, Fault.json(200, ""), foreign),
                of("null-word", bao, role, reads, Fault.json(200, "null"), foreign),
                of("list", bao, role, reads, Fault.json(200, "[]"), foreign),
                of("no-data", bao, role, reads, Fault.json(200, "{\"data\":null}"), "spec.data"),
                of(
                        "half",
                        bao,
                        role,
                        reads,
                        Fault.json(200, "{\"data\":{\"data\":{\"k\":\"v"),
                        foreign),
                of("cut-short", bao, role, reads, new Fault.CutInside(25), "Vault at"),
                of("cut", bao, role, reads, new Fault.CutBefore(), "cannot be reached"),
                of("cut-after", bao, role, reads, new Fault.CutAfter(), "cannot be reached"),
                of("elsewhere", bao, role, reads, moved(), "redirects elsewhere (307)"),
                // Late by less than a read may take: all is as ever.
                of("slow", bao, role, all, new Fault.Late(Duration.ofSeconds(5))));
    }

    private static Fault moved() {
        return new Fault.Answer(307, Map.of("Location", "http://127.0.0.1:1/" + Outage.NEEDLE), "");
    }

    private static List<Outage> ofTheVault(OpenBao sealed, OpenBao down, Space space) {
        return List.of(
                new Outage(
                        "sealed",
                        store("sealed", sealed, role(sealed.api(), space, "sealed-role")),
                        sealed.api(),
                        sealed::seal,
                        counter(),
                        sealed::unseal,
                        List.of("Vault is sealed")),
                new Outage(
                        "down",
                        store("down", down, role(down.api(), space, "down-role")),
                        down.api(),
                        () -> kill(down),
                        counter(),
                        down::start,
                        List.of("connection refused")));
    }

    private static void kill(OpenBao bao) {
        ProcessHandle.of(bao.processId()).ifPresent(ProcessHandle::destroyForcibly);
        bao.stop();
    }

    private static List<Outage> ofTheToken(OpenBao bao, Space space) {
        VaultApi api = bao.api();
        api.policy("reader", POLICY);
        VaultApi.AppRole brief =
                api.appRole("approle", "brief", List.of("reader"), Duration.ofSeconds(2));
        space.secret("brief", Map.of("secret-id", brief.secretId()));
        AuditLog audit = bao.audit();
        return List.of(
                byToken("revoked", bao, space, Duration.ofMinutes(30), true),
                byToken("expired", bao, space, Duration.ofSeconds(15), false),
                // A login that lasts two seconds is made anew again and again, and nobody sees it.
                new Outage(
                        "brief",
                        Manifests.vaultStore(
                                "brief",
                                bao.address(),
                                Manifests.appRole(brief).replace("name: approle", "name: brief")),
                        api,
                        () -> {},
                        () -> (int) audit.logins(),
                        () -> {},
                        List.of()));
    }

    /** A token that somebody put into a Secret, and that no longer serves from some time on. */
    private static Outage byToken(
            String name, OpenBao bao, Space space, Duration life, boolean revoke) {
        VaultApi api = bao.api();
        Map<String, ?> fixed =
                Map.of("renewable", false, "explicit_max_ttl", life.toSeconds() + "s");
        String token = api.createToken(List.of("reader"), life, fixed);
        space.secret(name, Map.of("token", token));
        return new Outage(
                name,
                Manifests.vaultStore(name, bao.address(), Manifests.token(name)),
                api,
                () -> {
                    if (revoke) {
                        api.write("auth/token/revoke", Map.of("token", token));
                    }
                },
                counter(),
                () ->
                        space.secret(
                                name,
                                Map.of(
                                        "token",
                                        api.createToken(
                                                List.of("reader"), Duration.ofMinutes(30)))),
                List.of("denies", "token", "refused"));
    }

    /** Counts the looks at it, where the failures cannot be counted. */
    private static java.util.function.IntSupplier counter() {
        return new java.util.concurrent.atomic.AtomicInteger()::incrementAndGet;
    }

    private static OpenBao vault() {
        OpenBao bao = OpenBao.builder(Binaries.discover()).persistent().start();
        bao.api().enableKv("secret", 2);
        bao.api().enableAuth("approle", "approle");
        bao.api().policy("faults", POLICY);
        return bao;
    }

    private static VaultApi.AppRole role(VaultApi api, Space space, String secret) {
        VaultApi.AppRole role =
                api.appRole("approle", "faults", List.of("faults"), Duration.ofMinutes(30));
        space.secret(secret, Map.of("secret-id", role.secretId()));
        return role;
    }

    private static String store(String name, OpenBao bao, VaultApi.AppRole role) {
        return Manifests.vaultStore(
                name,
                bao.address(),
                Manifests.appRole(role).replace("name: approle", "name: " + name + "-role"));
    }

    private Outage of(
            String name,
            OpenBao bao,
            VaultApi.AppRole role,
            java.util.function.Predicate<dev.signet.testbed.ProxiedRequest> which,
            Fault fault,
            String... says) {
        return Outage.of(name, bao, role, proxies, which, fault, says);
    }

    private static Map<String, String> versions(Space space) {
        Set<String> inputs =
                Set.of("approle", "sealed-role", "down-role", "brief", "revoked", "expired");
        return space.list(Kind.SECRET).stream()
                .filter(secret -> !inputs.contains(secret.at("/metadata/name").asText()))
                .collect(
                        Collectors.toMap(
                                secret -> secret.at("/metadata/name").asText(),
                                secret -> secret.at("/metadata/resourceVersion").asText(),
                                (a, b) -> a,
                                TreeMap::new));
    }

    private static void assertTold(Space space, List<Outage> outages) {
        Map<String, JsonNode> found = space.byName(Kind.EXTERNAL_SECRET);
        outages.forEach(outage -> outage.assertTold(found));
    }

    private static void awaitAll(Space space, List<Outage> outages, String value) {
        await(() -> {
            Map<String, JsonNode> found = space.byName(Kind.SECRET);
            outages.forEach(outage -> outage.assertHold(found, value));
        });
    }

    private static void assertReady(JsonNode externalSecret) {
        assertThat(Ready.of(externalSecret)).matches(Ready::isTrue, "ready");
    }

    private static void await(org.awaitility.core.ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(assertion);
    }
}

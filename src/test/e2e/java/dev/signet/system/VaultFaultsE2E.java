package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.testbed.AuditLog;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.VaultApi;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What becomes of Secrets while their Vault is away, slow, sealed, or turns them down, and how soon
 * they follow once it is mended.
 */
class VaultFaultsE2E {

    private static final Duration RECOVERY = Duration.ofMinutes(3);

    /** Waking takes far less than a second; the rest is for a machine with other work. */
    private static final Duration WAKING = Duration.ofSeconds(5);

    /** Less than a read at a frozen server takes. */
    private static final Duration UNHINDERED = Duration.ofSeconds(14);

    private static final String POLICY =
            "path \"secret/*\" { capabilities = [\"read\", \"list\"] }";

    private static OpenBao bao;
    private static VaultApi api;
    private static VaultApi.AppRole role;

    private Space space;
    private RunningOperator operator;

    @BeforeAll
    static void startVault() {
        bao = OpenBao.builder(Binaries.discover()).persistent().start();
        api = bao.api();
        api.enableKv("secret", 2);
        api.enableAuth("approle", "approle");
        api.policy("faults", POLICY);
        role = api.appRole("approle", "faults", List.of("faults"), Duration.ofMinutes(30));
    }

    @AfterAll
    static void stopVault() {
        bao.close();
    }

    @BeforeEach
    void start() {
        space = Space.fresh();
        space.secret("approle", Map.of("secret-id", role.secretId()));
        operator = RunningOperator.in(space.namespace());
    }

    @AfterEach
    void stop() {
        assertThat(operator.fatal()).isEmpty();
        operator.close();
        space.close();
    }

    @Test
    void storeMadeWhileVaultIsDownServesWhenItIsUp() {
        api.putKv2("secret", "before", Map.of("k", "v"));
        bao.stop();
        try {
            space.apply(store("vault"));
            space.apply(secret("before").from("vault").yaml());
            space.awaitNotReady("before", "cannot be reached: connection refused");
            Space.assertNotReady(
                    space.ready(Kind.SECRET_STORE, "vault"),
                    bao.address() + " cannot be reached: connection refused");
            assertThat(space.find(Kind.SECRET, "before")).isEmpty();
        } finally {
            bao.start();
        }
        Space.await(RECOVERY, () -> assertThat(space.data("before")).isEqualTo(Map.of("k", "v")));
        space.awaitReady("before");
    }

    @Test
    void secretStaysWhileVaultIsDownAndFollowsWhenItIsBack() {
        api.putKv2("secret", "during", Map.of("k", "v1"));
        space.apply(store("vault"));
        space.apply(secret("during").from("vault").every("1s").yaml());
        space.awaitData("during", Map.of("k", "v1"));
        String version = space.version("during");
        bao.stop();
        try {
            space.awaitNotReady("during", "cannot be reached: connection refused");
            assertThat(space.version("during")).isEqualTo(version);
        } finally {
            bao.start();
        }
        api.putKv2("secret", "during", Map.of("k", "v2"));
        Space.await(RECOVERY, () -> assertThat(space.data("during")).isEqualTo(Map.of("k", "v2")));
        space.awaitReady("during");
    }

    @Test
    void frozenVaultHoldsUpNobodyElseAndNotTheEnd() {
        api.putKv2("secret", "frozen", Map.of("k", "v1"));
        space.apply(store("vault"));
        IntStream.range(0, 40)
                .forEach(i ->
                        space.apply(
                                secret("frozen-" + i, "frozen").from("vault").every("1s").yaml()));
        space.awaitAllReady(Kind.EXTERNAL_SECRET, 40);
        String version = space.version("frozen-0");
        try (Space other = Space.fresh();
                RunningOperator second = RunningOperator.in(other.namespace())) {
            other.secret("approle", Map.of("secret-id", role.secretId()));
            other.apply(store("vault"));
            other.apply(secret("frozen").from("vault").every("1s").yaml());
            other.awaitReady("frozen");
            bao.pause();
            try {
                space.apply(Manifests.fakeStore());
                space.apply(secret("unhindered", "/k").from("fake").yaml());
                Space.await(
                        UNHINDERED,
                        () -> assertThat(space.ready("unhindered")).matches(Ready::isTrue));
                // Forty wait at the frozen server in turns, each as long as a read may take.
                Space.await(
                        RECOVERY,
                        () ->
                                Space.assertNotReady(
                                        space.ready("frozen-0"),
                                        "cannot be reached: no answer within 15 s"));
                assertThat(space.version("frozen-0")).isEqualTo(version);
                assertThat(second.stop()).isLessThan(UNHINDERED);
            } finally {
                bao.resume();
            }
        }
        api.putKv2("secret", "frozen", Map.of("k", "v2"));
        Space.await(
                RECOVERY,
                () ->
                        assertThat(space.list(Kind.SECRET))
                                .filteredOn(VaultFaultsE2E::isFrozenTarget)
                                .hasSize(40)
                                .allMatch(found -> Space.data(found).equals(Map.of("k", "v2"))));
    }

    @Test
    void revokedTokenCostsOneLoginAndNoValue() {
        api.putKv2("secret", "revoked", Map.of("k", "v1"));
        Set<String> before = Tokens.accessors(api);
        space.apply(store("vault"));
        IntStream.range(0, 20)
                .forEach(i ->
                        space.apply(
                                secret("revoked-" + i, "revoked")
                                        .from("vault")
                                        .every("1s")
                                        .yaml()));
        space.awaitAllReady(Kind.EXTERNAL_SECRET, 20);
        AuditLog audit = bao.audit().fromNow();

        assertThat(Tokens.revokeNewerThan(api, before)).isOne();
        api.putKv2("secret", "revoked", Map.of("k", "v2"));

        IntStream.range(0, 20).forEach(i -> space.awaitData("revoked-" + i, Map.of("k", "v2")));
        space.awaitAllReady(Kind.EXTERNAL_SECRET, 20);
        assertThat(audit.logins()).isOne();
    }

    @Test
    void mendedSecretIdWakesAllThatWaitedForIt() throws Exception {
        api.putKv2("secret", "mended", Map.of("k", "v"));
        space.secret("approle", Map.of("secret-id", "wrong"));
        space.apply(store("vault"));
        IntStream.range(0, 20)
                .forEach(i -> space.apply(secret("mended-" + i, "mended").from("vault").yaml()));
        IntStream.range(0, 20)
                .forEach(i -> space.awaitNotReady("mended-" + i, "refused the login with AppRole"));
        letRetriesSpread();

        space.secret("approle", Map.of("secret-id", role.secretId()));

        awaitWaking(20, Instant.now());
    }

    @Test
    void mendedStoresWakeAllThatWaitedForThem() throws Exception {
        api.putKv2("secret", "mended", Map.of("k", "v"));
        String auth = Manifests.appRole(role);
        URI nowhere = URI.create("http://127.0.0.1:1");
        space.apply(Manifests.vaultStore("server", nowhere, auth));
        space.apply(
                Manifests.vaultStore(
                        "login", bao.address(), auth.replace("path: app", "path: no-app")));
        space.apply(
                Manifests.vaultStore("mount", bao.address(), auth)
                        .replace("path: secret", "path: nothing"));
        List<String> stores = List.of("server", "login", "mount");
        stores.forEach(store -> space.apply(secret(store, "mended").from(store).yaml()));
        space.apply(secret("missing-store", "mended").from("later").yaml());
        space.awaitNotReady("server", "connection refused");
        space.awaitNotReady("login", "AppRole at auth/no-approle");
        space.awaitNotReady("mount", "nothing");
        space.awaitNotReady("missing-store", "later does not exist; create it");
        letRetriesSpread();

        stores.forEach(store -> space.apply(store(store)));
        space.apply(store("later"));

        awaitWaking(4, Instant.now());
    }

    @Test
    void secretStaysWhileVaultIsSealed() {
        api.putKv2("secret", "sealed", Map.of("k", "v1"));
        space.apply(store("vault"));
        space.apply(
                secret("sealed").from("vault").every("1s").target("deletionPolicy: Delete").yaml());
        space.awaitData("sealed", Map.of("k", "v1"));
        String version = space.version("sealed");
        bao.seal();
        try {
            space.awaitNotReady("sealed", "Vault is sealed");
            assertThat(space.version("sealed")).isEqualTo(version);
        } finally {
            bao.unseal();
        }
        api.putKv2("secret", "sealed", Map.of("k", "v2"));
        Space.await(RECOVERY, () -> assertThat(space.data("sealed")).isEqualTo(Map.of("k", "v2")));
    }

    @Test
    void deniedIsNeverTakenForDeleted() {
        api.putKv2("secret", "denied", Map.of("k", "v"));
        api.policy("passing", POLICY);
        VaultApi.AppRole passing =
                api.appRole("approle", "passing", List.of("passing"), Duration.ofMinutes(30));
        space.secret("approle", Map.of("secret-id", passing.secretId()));
        space.apply(Manifests.vaultStore("vault", bao.address(), Manifests.appRole(passing)));
        String delete = "deletionPolicy: Delete";
        space.apply(secret("value", "denied").from("vault").every("1s").target(delete).yaml());
        space.apply(
                Manifests.externalSecret("found")
                        .from("vault")
                        .every("1s")
                        .target(delete)
                        .dataFrom("find: {name: {regexp: '^denied$'}}")
                        .yaml());
        space.awaitReady("value");
        space.awaitReady("found");
        List<String> versions = List.of(space.version("value"), space.version("found"));

        AuditLog audit = bao.audit().fromNow();
        api.policy("passing", "path \"secret/nothing\" { capabilities = [\"read\"] }");

        space.awaitNotReady("value", "denies secret secret/denied (403)");
        space.awaitNotReady("found", "denies");
        Space.await(() ->
                assertThat(audit.count(entry -> entry.mountType().equals("kv"))).isGreaterThan(5));
        assertThat(List.of(space.version("value"), space.version("found"))).isEqualTo(versions);

        api.policy("passing", POLICY);
        Space.await(RECOVERY, () -> assertThat(space.ready("value")).matches(Ready::isTrue));
        Space.await(RECOVERY, () -> assertThat(space.ready("found")).matches(Ready::isTrue));
    }

    @Test
    void deletedValueTakesTheSecretAlongWherePolicySaysSo() {
        space.apply(store("vault"));
        List<String> keys = List.of("soft", "whole");
        for (String key : keys) {
            api.putKv2("secret", key, Map.of("k", "v"));
            for (String policy : List.of("Delete", "Retain")) {
                space.apply(
                        secret(key + "-" + policy.toLowerCase(java.util.Locale.ROOT), key)
                                .from("vault")
                                .every("1s")
                                .target("deletionPolicy: " + policy)
                                .yaml());
            }
        }
        space.awaitAllReady(Kind.EXTERNAL_SECRET, 4);

        api.delete("secret/data/soft");
        api.delete("secret/metadata/whole");

        for (String key : keys) {
            Space.await(() -> {
                assertThat(space.find(Kind.SECRET, key + "-delete")).isEmpty();
                assertThat(space.ready(key + "-delete").reason()).isEqualTo("SecretDeleted");
            });
            space.awaitNotReady(key + "-retain", "Secret does not exist");
            assertThat(space.data(key + "-retain")).isEqualTo(Map.of("k", "v"));
        }
    }

    private static boolean isFrozenTarget(JsonNode secret) {
        return secret.at("/metadata/name").asText().startsWith("frozen");
    }

    /** Until the next try of each is so far off that it cannot be what brings the value. */
    private static void letRetriesSpread() throws InterruptedException {
        Thread.sleep(Duration.ofSeconds(8));
    }

    /**
     * All become Ready right after their store was mended and is Ready, as the conditions tell;
     * their own next tries would come later.
     */
    private void awaitWaking(int count, Instant mended) {
        space.awaitAllReady(Kind.EXTERNAL_SECRET, count);
        for (JsonNode es : space.list(Kind.EXTERNAL_SECRET)) {
            String store = es.at("/spec/secretStoreRef/name").asText();
            Instant usable = Instant.parse(space.ready(Kind.SECRET_STORE, store).since());
            Instant since = mended.isAfter(usable) ? mended : usable;
            assertThat(Duration.between(since, Instant.parse(Ready.of(es).since())))
                    .as(es.at("/metadata/name").asText())
                    .isLessThanOrEqualTo(WAKING);
        }
    }

    private static String store(String name) {
        return Manifests.vaultStore(name, bao.address(), Manifests.appRole(role));
    }

    private static Manifests.EsBuilder secret(String name) {
        return secret(name, name);
    }

    private static Manifests.EsBuilder secret(String name, String key) {
        return Manifests.externalSecret(name).data("k", key, "k");
    }
}

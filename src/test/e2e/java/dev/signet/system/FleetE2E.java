package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.testbed.AuditEntry;
import dev.signet.testbed.AuditLog;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.VaultApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a fleet costs the Vault: one login, one read for each secret, and nothing left behind. */
class FleetE2E {

    private static final int SIZE = 200;

    @Test
    void twoHundredExternalSecretsCostOneLoginAndOneReadEach() throws Exception {
        try (OpenBao bao = OpenBao.builder(Binaries.discover()).start();
                Space space = Space.fresh();
                RunningOperator operator = RunningOperator.in(space.namespace())) {
            fill(bao.api());
            AuditLog audit = bao.audit().fromNow();
            Set<String> accessors = Tokens.accessors(bao.api());

            space.apply(store(bao, prepareAppRole(bao.api(), space)));
            Parallel.each(SIZE, i -> space.apply(externalSecret(i)));
            space.awaitAllReady(Kind.EXTERNAL_SECRET, SIZE);

            assertEveryValue(space);
            assertThat(audit.logins()).isOne();
            assertThat(readsPerSecret(audit))
                    .hasSize(SIZE)
                    .allSatisfy((path, reads) -> assertThat(reads).as(path).isOne());
            Set<String> made = new HashSet<>(Tokens.accessors(bao.api()));
            made.removeAll(accessors);
            assertThat(made).hasSize(1);

            operator.stop();

            assertThat(audit.entries())
                    .filteredOn(entry -> entry.path().equals("auth/token/revoke-self"))
                    .hasSize(1)
                    .allMatch(entry -> entry.error().isEmpty());
            assertThat(Tokens.accessors(bao.api())).doesNotContainAnyElementsOf(made);
            assertThat(audit.logins()).isOne();
            assertThat(audit.kvReads()).isEqualTo(SIZE);
        }
    }

    @Test
    void restartReadsNothingAndStopsAreQuick() throws Exception {
        List<Duration> stops = new ArrayList<>();
        try (OpenBao bao = OpenBao.builder(Binaries.discover()).start();
                Space space = Space.fresh()) {
            fill(bao.api());
            try (RunningOperator first = RunningOperator.in(space.namespace())) {
                space.apply(store(bao, prepareAppRole(bao.api(), space)));
                IntStream.range(0, 20).forEach(i -> space.apply(externalSecret(i)));
                space.awaitAllReady(Kind.EXTERNAL_SECRET, 20);
                assertThat(first.fatal()).isEmpty();
                stops.add(first.stop());
            }
            AuditLog audit = bao.audit().fromNow();
            List<String> before = versions(space);
            try (RunningOperator second = RunningOperator.in(space.namespace())) {
                // Made after the others were looked at, so that its end is the end of all.
                space.apply(externalSecret(20));
                space.awaitData("fleet-20", values(20));

                assertThat(second.operator().openSessions()).isOne();
                assertThat(audit.kvReads()).isOne();
                assertThat(audit.logins()).isOne();
                assertThat(versions(space)).containsAll(before);
                stops.add(second.stop());
            }
            // A machine that is busy with something else may hold up one of them.
            assertThat(stops).anyMatch(took -> took.compareTo(Duration.ofSeconds(5)) < 0);
        }
    }

    private static Map<String, Long> readsPerSecret(AuditLog audit) {
        return audit.entries().stream()
                .filter(AuditEntry::isKvRead)
                .collect(Collectors.groupingBy(AuditEntry::path, Collectors.counting()));
    }

    private static List<String> versions(Space space) {
        return space.list(Kind.EXTERNAL_SECRET).stream()
                .map(secret -> secret.at("/metadata/resourceVersion").asText())
                .toList();
    }

    private static void fill(VaultApi api) {
        Parallel.each(SIZE, i -> api.putKv2("secret", "fleet/" + i, values(i)));
        api.policy("fleet", "path \"secret/data/fleet/*\" { capabilities = [\"read\"] }");
        api.enableAuth("approle", "approle");
    }

    private static VaultApi.AppRole prepareAppRole(VaultApi api, Space space) {
        VaultApi.AppRole role =
                api.appRole("approle", "fleet", List.of("fleet"), Duration.ofMinutes(10));
        space.secret("approle", Map.of("secret-id", role.secretId()));
        return role;
    }

    private static Map<String, String> values(int i) {
        return Map.of("user", "user-" + i, "password", "password-" + i);
    }

    private static String store(OpenBao bao, VaultApi.AppRole role) {
        return Manifests.vaultStore("vault", bao.address(), Manifests.appRole(role));
    }

    private static String externalSecret(int i) {
        return Manifests.externalSecret("fleet-" + i)
                .from("vault")
                .data("user", "fleet/" + i, "user")
                .data("password", "fleet/" + i, "password")
                .yaml();
    }

    private static void assertEveryValue(Space space) {
        Map<String, JsonNode> found = space.byName(Kind.SECRET);
        for (int i = 0; i < SIZE; i++) {
            assertThat(Space.data(found.get("fleet-" + i))).as("fleet-" + i).isEqualTo(values(i));
        }
    }
}

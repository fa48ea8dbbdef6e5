package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signet.testbed.AuditEntry;
import dev.signet.testbed.AuditLog;
import dev.signet.testbed.AwsApi;
import dev.signet.testbed.AwsEmulator;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.FaultProxy;
import dev.signet.testbed.Ministack;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.SharedControlPlane;
import dev.signet.testbed.VaultApi;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * How many calls the backends get for a thousand values each, counted on their side: every request
 * at a proxy in front of AWS, and the audit log of Vault.
 */
class CallsOfARefreshE2E {

    private static final int SIZE = 1000;
    private static final int PATHS_EACH = 10;
    private static final int MOST_OF_AWS = 60;
    private static final int MOST_OF_VAULT = 1001;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> ENDPOINTS =
            List.of("AWS_SECRETSMANAGER_ENDPOINT", "AWS_STS_ENDPOINT");

    @Test
    void thousandSecretsOfAwsAndThousandPathsOfVaultCostFewCalls() throws Exception {
        MovedClock clock = new MovedClock();
        try (AwsEmulator aws = Ministack.start(Binaries.discover());
                FaultProxy way = FaultProxy.before(aws.address(), "");
                OpenBao bao = OpenBao.builder(Binaries.discover()).start();
                Space space = Space.fresh()) {
            ENDPOINTS.forEach(name -> System.setProperty(name, way.address().toString()));
            fill(aws.api("eu-west-1"), bao.api());
            space.secret("keys", ProviderStores.KEYS);
            space.apply(ProviderStores.aws("aws"));
            space.apply(vault(bao, space));
            Parallel.each(SIZE, i -> space.apply(ofAws(i)));
            Parallel.each(SIZE / PATHS_EACH, i -> space.apply(ofVault(i)));

            Calls first = Calls.from(way, bao);
            try (RunningOperator operator =
                    RunningOperator.by(
                            SharedControlPlane.get().kubeconfig(), space.namespace(), clock)) {
                awaitToldAfter(space, Instant.MIN);
                first.check("first sync");

                Calls refresh = Calls.from(way, bao);
                Instant later = clock.instant().plus(Duration.ofMinutes(50));
                clock.move(Duration.ofMinutes(61));
                awaitToldAfter(space, later);
                refresh.check("refresh");

                assertThat(operator.fatal()).isEmpty();
            } finally {
                ENDPOINTS.forEach(System::clearProperty);
            }
        }
    }

    /** What the backends were asked since it was made. */
    private record Calls(FaultProxy way, int before, AuditLog audit) {

        static Calls from(FaultProxy way, OpenBao bao) {
            return new Calls(way, way.count(request -> true), bao.audit().fromNow());
        }

        void check(String what) {
            int aws = way.count(request -> true) - before;
            long reads = audit.kvReads();
            long logins = audit.logins();
            List<String> checks =
                    audit.entries().stream()
                            .filter(entry -> !entry.isKvRead() && !entry.isLogin())
                            .map(AuditEntry::path)
                            .toList();
            System.out.printf(
                    "%s of %d secrets of AWS: %d calls; of %d paths of Vault: %d logins, %d reads; checks of its store: %s%n",
                    what, SIZE, aws, SIZE, logins, reads, checks);
            Set<String> read =
                    audit.entries().stream()
                            .filter(AuditEntry::isKvRead)
                            .map(AuditEntry::path)
                            .collect(Collectors.toCollection(HashSet::new));
            assertThat(read).hasSize(SIZE);
            assertThat(logins + reads).as(what).isLessThanOrEqualTo(MOST_OF_VAULT);
            assertThat(aws).as(what).isLessThanOrEqualTo(MOST_OF_AWS);
        }
    }

    private static void fill(AwsApi aws, VaultApi vault) {
        Parallel.each(SIZE, i -> aws.createSecret("fleet/" + i, "aws-" + i));
        Parallel.each(SIZE, i -> vault.putKv2("secret", "fleet/" + i, Map.of("v", "vault-" + i)));
        vault.policy("fleet", "path \"secret/data/fleet/*\" { capabilities = [\"read\"] }");
        vault.enableAuth("approle", "approle");
    }

    private static String vault(OpenBao bao, Space space) {
        VaultApi.AppRole role =
                bao.api().appRole("approle", "fleet", List.of("fleet"), Duration.ofHours(24));
        space.secret("approle", Map.of("secret-id", role.secretId()));
        return Manifests.vaultStore("vault", bao.address(), Manifests.appRole(role));
    }

    private static String ofAws(int i) {
        return Manifests.externalSecret("aws-" + i).from("aws").data("v", "key: fleet/" + i).yaml();
    }

    private static String ofVault(int i) {
        var all = Manifests.externalSecret("vault-" + i).from("vault");
        for (int n = 0; n < PATHS_EACH; n++) {
            all.data("v" + n, "fleet/" + (i * PATHS_EACH + n), "v");
        }
        return all.yaml();
    }

    private static void awaitToldAfter(Space space, Instant then) {
        // Looking takes time from the operator, which has this very JVM.
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> toldAfter(space, then));
    }

    /** Whether all are Ready and were refreshed later than this. */
    private static boolean toldAfter(Space space, Instant then) {
        return space.list(Kind.EXTERNAL_SECRET).stream()
                .allMatch(one ->
                        Ready.of(one).isTrue()
                                && Instant.parse(one.at("/status/refreshTime").asText())
                                        .isAfter(then));
    }
}

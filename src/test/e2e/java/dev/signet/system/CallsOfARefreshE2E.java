package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** How many calls the backends get for a thousand values, counted on their side. */
class CallsOfARefreshE2E {

    private static final int SIZE = 1000;
    private static final List<String> ENDPOINTS =
            List.of("AWS_SECRETSMANAGER_ENDPOINT", "AWS_STS_ENDPOINT");

    @Test
    void aThousandSecretsOfAwsAndAThousandPathsOfVault() throws Exception {
        try (AwsEmulator aws = Ministack.start(Binaries.discover());
                FaultProxy way = FaultProxy.before(aws.address(), "");
                OpenBao bao = OpenBao.builder(Binaries.discover()).start();
                Space space = Space.fresh()) {
            ENDPOINTS.forEach(name -> System.setProperty(name, way.address().toString()));
            fill(aws.api("eu-west-1"), bao.api());
            space.secret("keys", ProviderStores.KEYS);
            space.apply(ProviderStores.aws("aws"));
            AuditLog audit = bao.audit().fromNow();
            space.apply(Manifests.vaultStore("vault", bao.address(), appRole(bao.api(), space)));
            Parallel.each(SIZE, i -> space.apply(externalSecret(i)));
            MovedClock clock = new MovedClock();
            try (RunningOperator operator =
                    RunningOperator.by(
                            SharedControlPlane.get().kubeconfig(), space.namespace(), clock)) {
                space.awaitAllReady(Kind.EXTERNAL_SECRET, SIZE);
                Calls first = new Calls(way.count(request -> true), audit);
                first.print("first sync");

                AuditLog next = bao.audit().fromNow();
                clock.move(Duration.ofHours(2));
                Space.await(() -> assertThat(next.kvReads()).isGreaterThanOrEqualTo(SIZE));
                Space.await(() -> assertThat(refreshedSince(space)).isEqualTo(SIZE));
                Calls refresh = new Calls(way.count(request -> true) - first.aws(), next);
                refresh.print("refresh");

                assertThat(operator.fatal()).isEmpty();
            }
        } finally {
            ENDPOINTS.forEach(System::clearProperty);
        }
    }
}

package dev.signet.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class FiguresOfServersTest {

    private static ApiFigures api(int created, int patched) {
        return ApiFigures.of(
                """
                apiserver_request_total{code="201",resource="secrets",subresource="",verb="POST"} %d
                apiserver_request_total{code="409",resource="secrets",subresource="",verb="POST"} 2
                apiserver_request_total{code="200",resource="externalsecrets",subresource="status",verb="PATCH"} %d
                apiserver_request_total{code="200",resource="secrets",subresource="",verb="LIST"} 7
                apiserver_request_total{code="200",resource="leases",subresource="",verb="PUT"} 99
                apiserver_request_duration_seconds_count{resource="secrets",verb="POST"} 5
                """
                        .formatted(created, patched));
    }

    @Test
    void requestsOfAnOperatorAreCountedByVerbAndResource() {
        assertThat(api(10, 20).requests())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "POST secrets", 12L,
                                "PATCH externalsecrets/status", 20L,
                                "LIST secrets", 7L));
    }

    @Test
    void onlyWhatWasAskedForMeanwhileIsTold() {
        ApiFigures since = api(15, 20).since(api(10, 20));

        assertThat(since.requests()).containsExactly(Map.entry("POST secrets", 5L));
        assertThat(since.writes()).isEqualTo(5);
        assertThat(since.secretWrites()).isEqualTo(5);
    }

    @Test
    void writesOfAStatusAreNoWritesOfASecret() {
        ApiFigures since = api(10, 30).since(api(10, 20));

        assertThat(since.writes()).isEqualTo(10);
        assertThat(since.secretWrites()).isZero();
    }

    @Test
    void readsAndLoginsOfTheVaultAreToldApart() {
        String metrics =
                """
                vault_route_read_secret__count 2000
                vault_route_read_secret__sum 812.5
                vault_route_update_auth_approle__count 3
                vault_route_read_sys__count 17
                """;

        assertThat(VaultFigures.of(metrics).since(new VaultFigures(500, 2)))
                .isEqualTo(new VaultFigures(1500, 1));
        assertThat(VaultFigures.of("")).isEqualTo(new VaultFigures(0, 0));
    }

    @Test
    void countOfAControllerIsReadWithoutThoseOfOthers() throws IOException {
        String scrape =
                """
                controller_runtime_reconcile_errors_total{controller="externalsecret"} 1.0
                controller_runtime_reconcile_total{controller="externalsecret",result="success"} 40.0
                controller_runtime_reconcile_total{controller="secretstore",result="success"} 5.0
                controller_runtime_reconcile_total{controller="externalsecret",result="error"} 2.0
                sessions 3.0
                """;

        assertThat(count(scrape, ControllerCount.RECONCILES)).hasValue(42);
        assertThat(count(scrape, ControllerCount.ERRORS)).hasValue(1);
        assertThat(count(scrape, "sessions")).hasValue(3);
        assertThat(count(scrape, "others")).isEmpty();
    }

    private static OptionalLong count(String scrape, String name) throws IOException {
        return ControllerCount.read(new ByteArrayInputStream(scrape.getBytes(UTF_8)), name);
    }
}

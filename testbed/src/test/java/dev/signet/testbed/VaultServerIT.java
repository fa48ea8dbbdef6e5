package dev.signet.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs against OpenBao, or against a container with {@code SIGNET_VAULT=docker}. */
class VaultServerIT {

    @Test
    void whateverIsChosenServesSealsAndKeepsAnAuditLog() {
        try (VaultServer vault = VaultServer.start(Binaries.discover(Progress.silent()))) {
            vault.api().putKv2("secret", "app", Map.of("password", "s3cr3t"));
            vault.api().policy("app", "path \"secret/data/app\" { capabilities = [\"read\"] }");
            vault.api().enableAuth("approle", "approle");
            VaultApi.AppRole role =
                    vault.api().appRole("approle", "app", List.of("app"), Duration.ofMinutes(5));
            AuditLog audit = vault.audit().fromNow();

            String token =
                    vault.apiAs("")
                            .write(
                                    "auth/approle/login",
                                    Map.of("role_id", role.roleId(), "secret_id", role.secretId()))
                            .at("/auth/client_token")
                            .asText();
            assertThat(vault.apiAs(token).read("secret/data/app")).isPresent();

            assertThat(audit.logins()).isEqualTo(1);
            assertThat(audit.kvReads()).isEqualTo(1);
            vault.seal();
            assertThat(vault.api().send("GET", "secret/data/app", null).status()).isEqualTo(503);
            vault.unseal();
            assertThat(vault.api().read("secret/data/app")).isPresent();
        }
    }

    @Test
    void anUnknownChoiceIsRefused() {
        Map<String, String> env = new HashMap<>(System.getenv());
        env.put("SIGNET_VAULT", "podman");
        Platform platform = Platform.current();
        Binaries binaries =
                new Binaries(
                        env,
                        platform,
                        Progress.silent(),
                        new EnvtestArchive("1.34.1", platform, Progress.silent()));

        assertThatThrownBy(() -> VaultServer.start(binaries))
                .isInstanceOf(TestbedException.class)
                .hasMessageContaining("'bao' or 'docker'");
    }
}

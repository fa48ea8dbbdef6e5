package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.store.CaProvider;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.RetrySettings;
import dev.signet.provider.StoreHealth;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.VaultApi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A server that is sealed, stopped, started again, or not trusted. */
class OutageIT {

    @Test
    void sealedServerIsUnavailableAndServesAgainWhenUnsealed() throws Exception {
        try (OpenBao bao = OpenBao.builder(Binaries.discover()).start();
                Fixture session =
                        Fixture.of(
                                Specs.at(bao.address()).token(),
                                Fixture.tokenSecret(bao.rootToken()))) {
            bao.api().putKv2("secret", "app", Map.of("k", "v"));
            assertThat(Fixture.text(session.read("app", "k"))).isEqualTo("v");

            bao.seal();
            assertThat(Outcomes.reason(session.read("app"))).contains("Vault is sealed");
            assertThat(session.read("app")).isInstanceOf(ReadOutcome.Unavailable.class);
            assertThat(session.client.validate()).isInstanceOf(StoreHealth.Unusable.class);

            bao.unseal();
            assertThat(Fixture.text(session.read("app", "k"))).isEqualTo("v");
        }
    }

    @Test
    void restartedServerIsReadAgainWithoutANewSession() throws Exception {
        try (OpenBao bao = OpenBao.builder(Binaries.discover()).persistent().start()) {
            VaultApi api = bao.api();
            api.enableKv("secret", 2);
            api.putKv2("secret", "app", Map.of("k", "v"));
            api.policy("app", "path \"secret/*\" { capabilities = [\"read\"] }");
            api.enableAuth("approle", "approle");
            VaultApi.AppRole role =
                    api.appRole("approle", "app", List.of("app"), Duration.ofMinutes(5));
            FakeReferences references =
                    new FakeReferences().secret("approle/secret-id", role.secretId());
            try (Fixture session =
                    Fixture.of(Specs.at(bao.address()).appRole(role.roleId()), references)) {
                assertThat(Fixture.text(session.read("app", "k"))).isEqualTo("v");

                bao.stop();
                assertThat(session.read("app")).isInstanceOf(ReadOutcome.Unavailable.class);
                assertThat(Outcomes.reason(session.read("app")))
                        .isEqualTo(
                                "Vault at "
                                        + bao.address()
                                        + " cannot be reached: connection refused");

                bao.start();
                assertThat(Fixture.text(session.read("app", "k"))).isEqualTo("v");
            }
        }
    }

    @Test
    void serverThatIsDownIsAskedAFewTimesForAWholeBatch() throws Exception {
        Set<RemoteRef> refs =
                IntStream.range(0, 200)
                        .mapToObj(i -> RemoteRef.of("k" + i))
                        .collect(Collectors.toSet());
        try (Fixture session =
                Fixture.of(Specs.at("http://127.0.0.1:1").token(), Fixture.tokenSecret("t"))) {
            var outcomes = session.client.read(refs);

            assertThat(outcomes).hasSize(200);
            assertThat(outcomes.values()).allMatch(ReadOutcome.Unavailable.class::isInstance);
            assertThat(session.calls).hasSizeLessThanOrEqualTo(Batch.WIDTH);
            assertThat(session.client.validate())
                    .isEqualTo(
                            new StoreHealth.Unusable(
                                    "Vault at http://127.0.0.1:1 cannot be reached: connection refused"));
        }
    }

    @Test
    void retrySettingsRepeatWhatIsUnavailableAndNothingElse() throws Exception {
        RetrySettings twice = new RetrySettings(2, Duration.ofMillis(50));
        try (Fixture down =
                Fixture.of(
                        Specs.at("http://127.0.0.1:1").token(), Fixture.tokenSecret("t"), twice)) {
            Instant start = Instant.now();
            assertThat(down.read("app")).isInstanceOf(ReadOutcome.Unavailable.class);
            assertThat(down.calls).hasSize(3);
            assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(90));
        }
        try (OpenBao bao = OpenBao.builder(Binaries.discover()).start();
                Fixture denied =
                        Fixture.of(
                                Specs.at(bao.address()).token(),
                                Fixture.tokenSecret("wrong"),
                                twice)) {
            assertThat(denied.read("app")).isInstanceOf(ReadOutcome.Denied.class);
            assertThat(denied.calls).hasSize(1);
        }
    }

    @Test
    void trustsTheCaOfTheStoreAndNoOther() throws Exception {
        try (OpenBao bao = OpenBao.builder(Binaries.discover()).withTls().start()) {
            bao.api().putKv2("secret", "app", Map.of("k", "v"));
            String ca = bao.caCertificate();
            String base64 = Base64.getEncoder().encodeToString(ca.getBytes(StandardCharsets.UTF_8));
            FakeReferences references = Fixture.tokenSecret(bao.rootToken());
            Specs at = Specs.at(bao.address()).token();
            try (Fixture bundle = Fixture.of(at.caBundle(base64), references);
                    Fixture unknown = Fixture.of(at, references);
                    Fixture configMap =
                            Fixture.of(
                                    at.caProvider(new CaProvider("ConfigMap", "ca", "ca.crt", "")),
                                    references);
                    Fixture garbage = Fixture.of(at.caBundle("bm90IGEgQ0E="), references)) {
                assertThat(Fixture.text(bundle.read("app", "k"))).isEqualTo("v");

                var untrusted = unknown.read("app");
                assertThat(untrusted).isInstanceOf(ReadOutcome.Unavailable.class);
                assertThat(Outcomes.reason(untrusted))
                        .contains("not signed by a CA that this store trusts");
                assertThat(garbage.read("app"))
                        .isEqualTo(
                                new ReadOutcome.Invalid<>(
                                        "spec.provider.vault.caBundle holds no certificate in PEM"));

                assertThat(configMap.read("app")).isInstanceOf(ReadOutcome.Invalid.class);
                references.configMap("ca/ca.crt", ca);
                assertThat(Fixture.text(configMap.read("app", "k"))).isEqualTo("v");
            }
        }
    }
}

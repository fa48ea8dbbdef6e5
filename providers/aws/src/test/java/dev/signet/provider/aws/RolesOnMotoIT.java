package dev.signet.provider.aws;

import static dev.signet.provider.contract.Outcomes.read;
import static dev.signet.provider.contract.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.StoreHealth;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Moto;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** moto keeps accounts apart, so what is read tells whose role was assumed. */
class RolesOnMotoIT {

    private static final String HUB = "arn:aws:iam::222222222222:role/hub";
    private static final String READER = "arn:aws:iam::333333333333:role/reader";

    private static Moto moto;

    @BeforeAll
    static void start() {
        moto = Moto.start(Binaries.discover());
        Fixture.at(moto.address())
                .secretsManager()
                .createSecret(r -> r.name("home").secretString("v"));
    }

    @AfterAll
    static void stop() {
        moto.close();
    }

    @Test
    void readsInTheAccountOfTheLastRole() throws Exception {
        Specs spec = Specs.secretsManager().through(HUB).role(READER);
        try (SecretClient client = Fixture.at(moto.address()).open(spec)) {
            assertThat(client.validate()).isEqualTo(new StoreHealth.Valid());
            assertThat(read(client, RemoteRef.of("home"))).isInstanceOf(ReadOutcome.Missing.class);
        }
        try (SecretClient client = Fixture.at(moto.address()).open(Specs.secretsManager())) {
            assertThat(text(read(client, RemoteRef.of("home")))).isEqualTo("v");
        }
    }

    @Test
    void readsInTheAccountOfTheServiceAccountsRole() throws Exception {
        FakeReferences references =
                new FakeReferences().account("app", Map.of(Login.ROLE_ANNOTATION, READER));
        Specs spec = Specs.secretsManager().auth(Specs.account("app"));
        try (SecretClient client = Fixture.at(moto.address()).open(spec, references)) {
            assertThat(client.validate()).isEqualTo(new StoreHealth.Valid());
            assertThat(read(client, RemoteRef.of("home"))).isInstanceOf(ReadOutcome.Missing.class);
        }
    }
}

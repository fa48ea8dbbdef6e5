package dev.signet.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Unavailable;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreContext;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The fakes are on this machine, and the operator is not told that stores may lead there. */
class LocalAddressesIT {

    private static final RemoteRef REF = RemoteRef.of("a");
    private static final String REFUSED =
            "cannot be reached: its host is at a loopback address, which the operator does not let stores reach";

    private static FakeKeyVault vault;

    private final FakeReferences references = FakeReferences.good();

    @BeforeAll
    static void start() throws Exception {
        vault = new FakeKeyVault();
    }

    @AfterAll
    static void stop() {
        vault.close();
    }

    @Test
    void loginThatTheSpecNamesIsNotSentACredential() throws Exception {
        assertThat(read(Fixture.spec(vault).bySecret()))
                .isInstanceOfSatisfying(
                        Unavailable.class, away -> assertThat(away.reason()).endsWith(REFUSED));
        assertThat(vault.login.forms).isEmpty();
        assertThat(references.calls).containsExactly("Azure/KeyVault Login failed");
    }

    @Test
    void machinesIdentityServiceIsReachedAndTheVaultIsNot() throws Exception {
        assertThat(read(Specs.at(vault.url()).byManagedIdentity("")))
                .isInstanceOfSatisfying(
                        Unavailable.class,
                        away ->
                                assertThat(away.reason())
                                        .startsWith("Key Vault " + vault.url())
                                        .endsWith(REFUSED));
        assertThat(references.calls)
                .containsExactly("Azure/KeyVault Login ok", "Azure/KeyVault GetSecret failed");
    }

    private ReadOutcome<SecretValue> read(Specs spec) throws InterruptedException {
        StoreContext open = references.context();
        StoreContext guarded =
                new StoreContext(
                        open.store(), open.references(), open.retry(), open.calls(), open.clock());
        try (SecretClient client = Fixture.provider(vault).open(spec.build(), guarded)) {
            return client.read(Set.of(REF)).get(REF);
        }
    }
}

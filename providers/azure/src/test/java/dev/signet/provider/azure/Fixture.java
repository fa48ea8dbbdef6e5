package dev.signet.provider.azure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.time.Duration;

/** A provider in the surroundings of a fake vault. */
final class Fixture {

    private Fixture() {}

    static AzureSecretProvider provider(FakeKeyVault vault) {
        return provider(vault, Surroundings.CALL_LIMIT);
    }

    static AzureSecretProvider provider(FakeKeyVault vault, Duration callLimit) {
        try {
            return new AzureSecretProvider(
                    new Surroundings(vault.tls().client(), vault.identityService(), callLimit));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A store of the fake vault in the public cloud, which logs in at the fake. */
    static Specs spec(FakeKeyVault vault) {
        return Specs.at(vault.url()).custom(vault.url("login.stack.test"), "", "");
    }
}

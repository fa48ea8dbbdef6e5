package dev.signet.provider.azure;

import dev.signet.provider.Reference;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ContractReferences;
import dev.signet.provider.contract.ProviderContract;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class KeyVaultContractIT implements ProviderContract {

    private static Backend backend;

    @BeforeAll
    static void start() throws Exception {
        backend = new Backend(new FakeKeyVault());
    }

    @AfterAll
    static void stop() {
        backend.vault().close();
    }

    @Override
    public ContractBackend backend() {
        return backend;
    }

    /** The fake vault, through the real SDK, as a service principal with a secret. */
    private record Backend(FakeKeyVault vault) implements ContractBackend {

        @Override
        public SecretClient open() {
            var references =
                    new ContractReferences(
                            Map.of(
                                    new Reference.SecretKey("", "azure", "client-id"),
                                    SecretValue.ofUtf8(FakeLogin.CLIENT),
                                    new Reference.SecretKey("", "azure", "client-secret"),
                                    SecretValue.ofUtf8(FakeLogin.SECRET)));
            return Fixture.provider(vault)
                    .open(Fixture.spec(vault).bySecret().build(), references.context());
        }

        @Override
        public void put(String key, String json) {
            vault.putSecret(foundName(key), json);
        }

        @Override
        public void delete(String key) {
            vault.delete("secrets/" + foundName(key));
        }

        @Override
        public MissingProperty missingProperty() {
            return MissingProperty.INVALID;
        }

        @Override
        public String foundName(String key) {
            return key.substring(key.indexOf('/') + 1);
        }

        @Override
        public List<String> awkwardKeys() {
            return List.of(
                    "contract-with-dash",
                    "contract-UPPER-Case",
                    "secret/contract-with-prefix",
                    "contract-" + "n".repeat(118));
        }
    }
}

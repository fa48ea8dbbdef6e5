package dev.signet.provider.azure;

import dev.signet.provider.Reference;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ContractCase;
import dev.signet.provider.contract.ContractReferences;
import dev.signet.provider.contract.ProviderContract;
import dev.signet.provider.contract.Rotation;
import dev.signet.provider.contract.Trouble;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class KeyVaultContractIT implements ProviderContract {

    private static Backend backend;

    @BeforeAll
    static void start() throws Exception {
        FakeKeyVault gone = new FakeKeyVault();
        gone.close();
        backend = new Backend(new FakeKeyVault(), gone);
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
    private record Backend(FakeKeyVault vault, FakeKeyVault gone) implements ContractBackend {

        private static final Reference ID = new Reference.SecretKey("", "azure", "client-id");
        private static final Reference SECRET =
                new Reference.SecretKey("", "azure", "client-secret");

        @Override
        public String name() {
            return "Azure Key Vault";
        }

        @Override
        public Map<ContractCase, String> lacks() {
            return Map.of(
                    ContractCase.BINARY, "a secret of Key Vault is text",
                    ContractCase.LARGE, "a secret of Key Vault holds 25 KB at most");
        }

        @Override
        public SecretClient open() {
            vault.trouble = Optional.empty();
            return open(vault, references());
        }

        private static SecretClient open(FakeKeyVault vault, ContractReferences references) {
            return Fixture.provider(vault)
                    .open(Fixture.spec(vault).bySecret().build(), references.context());
        }

        private static ContractReferences references() {
            return new ContractReferences(
                    Map.of(
                            ID,
                            SecretValue.ofUtf8(FakeLogin.CLIENT),
                            SECRET,
                            SecretValue.ofUtf8(FakeLogin.SECRET)));
        }

        @Override
        public SecretClient openIn(Trouble trouble) {
            return switch (trouble) {
                case UNREACHABLE -> open(gone, references());
                case DENIED ->
                        openIn(exchange ->
                                FakeKeyVault.answer(
                                        exchange,
                                        403,
                                        Map.of(),
                                        FakeKeyVault.error("Forbidden", "ForbiddenByRbac")));
                case BUSY ->
                        openIn(exchange ->
                                FakeKeyVault.answer(
                                        exchange,
                                        429,
                                        Map.of("Retry-After", "1"),
                                        FakeKeyVault.error("Throttled", "")));
                case SILENT -> openIn(_ -> LockSupport.park());
            };
        }

        private SecretClient openIn(FakeKeyVault.Trouble trouble) {
            vault.trouble = Optional.of(trouble);
            return open(vault, references());
        }

        @Override
        public Rotation openRotating() {
            ContractReferences references = references();
            vault.trouble = Optional.empty();
            vault.login.secret = FakeLogin.SECRET;
            return Rotation.of(
                    open(vault, references),
                    () -> {
                        references.put(SECRET, SecretValue.ofUtf8("another"));
                        vault.login.secret = "another";
                        vault.login.revokeAll();
                    });
        }

        @Override
        public String version(String key) {
            return vault.lastVersion("secrets/" + foundName(key));
        }

        @Override
        public String putTagged(String key, String json, String tag, String value) {
            vault.putSecret(foundName(key), json, Map.of(), Map.of(tag, value));
            return tag;
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

package dev.signet.provider.vault;

import static dev.signet.provider.contract.Outcomes.read;
import static dev.signet.provider.contract.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ProviderContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KvV2ContractIT implements ProviderContract {

    private static VaultBackend backend;

    @BeforeAll
    static void start() {
        backend = new VaultBackend(KvVersion.V2);
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Override
    public ContractBackend backend() {
        return backend;
    }

    /**
     * The server itself keeps the numbers of KV v2 as float64, so a long one comes back rounded.
     */
    @Test
    @Override
    public void readsPropertyByPath() throws Exception {
        backend.put("contract-path", "{\"a\":{\"b\":[\"x\",\"y\"],\"id\":12345678901234567890}}");
        try (SecretClient client = backend.open()) {
            assertThat(text(read(client, RemoteRef.of("contract-path", "a.b.1")))).isEqualTo("y");
            assertThat(text(read(client, RemoteRef.of("contract-path", "a.b"))))
                    .isEqualTo("[\"x\",\"y\"]");
            assertThat(text(read(client, RemoteRef.of("contract-path", "a.id"))))
                    .isEqualTo("12345678901234567000");
        }
    }
}

package dev.signet.provider.vault;

import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ProviderContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class KvV1ContractIT implements ProviderContract {

    private static VaultBackend backend;

    @BeforeAll
    static void start() {
        backend = new VaultBackend(KvVersion.V1);
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    @Override
    public ContractBackend backend() {
        return backend;
    }
}

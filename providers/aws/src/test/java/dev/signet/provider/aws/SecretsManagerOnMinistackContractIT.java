package dev.signet.provider.aws;

import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ProviderContract;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Ministack;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SecretsManagerOnMinistackContractIT implements ProviderContract {

    private static SecretsManagerBackend backend;

    @BeforeAll
    static void start() {
        backend = new SecretsManagerBackend(Ministack.start(Binaries.discover()));
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

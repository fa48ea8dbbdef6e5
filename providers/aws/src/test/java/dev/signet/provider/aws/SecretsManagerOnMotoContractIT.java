package dev.signet.provider.aws;

import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ProviderContract;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Moto;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SecretsManagerOnMotoContractIT implements ProviderContract {

    private static SecretsManagerBackend backend;

    @BeforeAll
    static void start() {
        backend = new SecretsManagerBackend(Moto.start(Binaries.discover()));
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

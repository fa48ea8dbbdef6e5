package dev.signet.provider.aws;

import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ProviderContract;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Moto;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ParameterStoreOnMotoContractIT implements ProviderContract {

    private static ParameterStoreBackend backend;

    @BeforeAll
    static void start() {
        backend = new ParameterStoreBackend(Moto.start(Binaries.discover()), "");
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

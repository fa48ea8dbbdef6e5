package dev.signet.provider.aws;

import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ProviderContract;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Moto;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ParameterStoreOnMotoContractIT implements ProviderContract {

    private static Moto moto;
    private static ParameterStoreBackend backend;

    @BeforeAll
    static void start() {
        moto = Moto.start(Binaries.discover());
        backend = new ParameterStoreBackend(Fixture.at(moto.address()), "");
    }

    @AfterAll
    static void stop() {
        moto.close();
    }

    @Override
    public ContractBackend backend() {
        return backend;
    }
}

package dev.signet.provider.aws;

import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ProviderContract;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Moto;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SecretsManagerOnMotoContractIT implements ProviderContract {

    private static Moto moto;
    private static SecretsManagerBackend backend;

    @BeforeAll
    static void start() {
        moto = Moto.start(Binaries.discover());
        backend = new SecretsManagerBackend(Fixture.at(moto.address()));
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

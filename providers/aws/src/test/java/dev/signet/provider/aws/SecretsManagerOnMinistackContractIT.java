package dev.signet.provider.aws;

import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ProviderContract;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Ministack;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SecretsManagerOnMinistackContractIT implements ProviderContract {

    private static Ministack ministack;
    private static SecretsManagerBackend backend;

    @BeforeAll
    static void start() {
        ministack = Ministack.start(Binaries.discover());
        backend = new SecretsManagerBackend(Fixture.at(ministack.address()));
    }

    @AfterAll
    static void stop() {
        ministack.close();
    }

    @Override
    public ContractBackend backend() {
        return backend;
    }
}

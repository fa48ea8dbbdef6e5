package dev.signet.provider.aws;

import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ProviderContract;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Ministack;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * Below a prefix, as ministack does not count a name without a slash among those below {@code /}.
 */
class PrefixedParameterStoreOnMinistackContractIT implements ProviderContract {

    private static ParameterStoreBackend backend;

    @BeforeAll
    static void start() {
        backend = new ParameterStoreBackend(Ministack.start(Binaries.discover()), "/");
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

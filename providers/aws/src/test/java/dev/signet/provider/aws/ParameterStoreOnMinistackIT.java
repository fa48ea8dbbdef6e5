package dev.signet.provider.aws;

import dev.signet.testbed.Binaries;
import dev.signet.testbed.Ministack;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ParameterStoreOnMinistackIT implements ParameterStoreCases {

    private static Ministack ministack;

    @BeforeAll
    static void start() {
        ministack = Ministack.start(Binaries.discover());
    }

    @AfterAll
    static void stop() {
        ministack.close();
    }

    @Override
    public Fixture fixture() {
        return Fixture.at(ministack.address());
    }
}

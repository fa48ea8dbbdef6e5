package dev.signet.provider.aws;

import dev.signet.testbed.Binaries;
import dev.signet.testbed.Moto;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SecretsManagerOnMotoIT implements SecretsManagerCases {

    private static Moto moto;

    @BeforeAll
    static void start() {
        moto = Moto.start(Binaries.discover());
    }

    @AfterAll
    static void stop() {
        moto.close();
    }

    @Override
    public Fixture fixture() {
        return Fixture.at(moto.address());
    }
}

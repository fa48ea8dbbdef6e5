package dev.signet.provider.aws;

import static dev.signet.provider.contract.Outcomes.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.FindQuery;
import dev.signet.provider.SecretClient;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Fault;
import dev.signet.testbed.FaultProxy;
import dev.signet.testbed.Moto;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.Tag;

class ParameterStoreOnMotoIT implements ParameterStoreCases {

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

    @Test
    void findsByTagsOnMotoAlone() throws Exception {
        put("/tags/a", "1", tag("env", "prod"));
        put("/tags/b", "2", tag("env", "test"));
        try (SecretClient client = fixture().open(Specs.parameterStore())) {
            assertThat(texts(client.find(new FindQuery("/tags", "", Map.of("env", "prod")))))
                    .isEqualTo(Map.of("/tags/a", "1"));
            assertThat(texts(client.find(new FindQuery("", "b$", Map.of("env", "prod")))))
                    .isEmpty();
        }
    }

    @Test
    void findsByDescriptionsWhereReadingByPathIsDenied() throws Exception {
        put("/described/a", "1");
        put("/described/b", "2");
        try (FaultProxy proxy = FaultProxy.before(moto.address(), "");
                SecretClient client = Fixture.at(proxy.address()).open(Specs.parameterStore())) {
            proxy.add(
                    request -> request.asksFor("GetParametersByPath"),
                    Fault.json(400, "{\"__type\":\"AccessDeniedException\"}"));
            assertThat(texts(client.find(new FindQuery("/described", "", Map.of()))))
                    .isEqualTo(Map.of("/described/a", "1", "/described/b", "2"));
            assertThat(proxy.count(request -> request.asksFor("GetParameters"))).isOne();
        }
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}

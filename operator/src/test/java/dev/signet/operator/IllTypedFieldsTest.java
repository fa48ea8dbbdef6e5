package dev.signet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.api.ExternalSecret;
import dev.signet.api.store.SecretStore;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IllTypedFieldsTest {

    private static final List<String> VALUES =
            List.of(
                    "\"text\"",
                    "\"\"",
                    "5",
                    "-1.5",
                    "1e99",
                    "true",
                    "null",
                    "[]",
                    "{}",
                    "[1,\"a\",null,{},[]]",
                    "{\"a\":{\"b\":[1]}}");

    private final ObjectMapper mapper = KubernetesClients.lenientMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"spec\":%s}",
                "{\"status\":%s}",
                "{\"status\":{\"conditions\":%s}}",
                "{\"status\":{\"conditions\":[%s]}}",
                "{\"status\":{\"binding\":%s,\"refreshTime\":%s}}",
                "{\"spec\":{\"refreshInterval\":%s}}",
                "{\"spec\":{\"refreshPolicy\":%s}}",
                "{\"spec\":{\"secretStoreRef\":%s}}",
                "{\"spec\":{\"syncWindows\":%s}}",
                "{\"spec\":{\"syncWindows\":{\"kind\":%s,\"windows\":[%s]}}}",
                "{\"spec\":{\"target\":%s}}",
                "{\"spec\":{\"target\":{\"creationPolicy\":%s,\"immutable\":%s}}}",
                "{\"spec\":{\"target\":{\"template\":%s,\"manifest\":%s}}}",
                "{\"spec\":{\"target\":{\"template\":{\"data\":%s,\"templateFrom\":%s}}}}",
                "{\"spec\":{\"data\":%s}}",
                "{\"spec\":{\"data\":[%s]}}",
                "{\"spec\":{\"data\":[{\"secretKey\":%s,\"remoteRef\":%s,\"sourceRef\":%s}]}}",
                "{\"spec\":{\"data\":[{\"remoteRef\":{\"key\":%s,\"version\":%s}}]}}",
                "{\"spec\":{\"dataFrom\":%s}}",
                "{\"spec\":{\"dataFrom\":[{\"find\":%s,\"extract\":%s,\"rewrite\":%s}]}}",
                "{\"spec\":{\"dataFrom\":[{\"find\":{\"name\":%s,\"tags\":%s}}]}}",
                "{\"spec\":{\"dataFrom\":[{\"rewrite\":[{\"merge\":%s,\"regexp\":%s}]}]}}",
                "{\"spec\":{\"provider\":%s,\"retrySettings\":%s,\"refreshInterval\":%s}}",
                "{\"spec\":{\"provider\":{\"fake\":%s},\"controller\":%s}}",
                "{\"spec\":{\"conditions\":%s}}",
                "{\"spec\":{\"conditions\":[%s]}}",
                "{\"spec\":{\"conditions\":[{\"namespaces\":%s,\"namespaceSelector\":%s}]}}"
            })
    void neverStopTheReadingOfAnObject(String pattern) throws Exception {
        for (String value : VALUES) {
            String json = pattern.replace("%s", value);
            assertThat(mapper.readValue(json, ExternalSecret.class)).as(json).isNotNull();
            assertThat(mapper.readValue(json, SecretStore.class)).as(json).isNotNull();
        }
    }

    @Test
    void leaveTheOthersAsTheyAre() throws Exception {
        ExternalSecret read =
                mapper.readValue(
                        """
                        {"spec":{"refreshInterval":{"no":"text"},"unknown":1,"target":"text",
                          "data":[{"secretKey":"a","remoteRef":{"key":"k","version":[1]}}, 5]}}
                        """,
                        ExternalSecret.class);

        assertThat(read.getSpec().data()).hasSize(1);
        assertThat(read.getSpec().data().getFirst().secretKey()).isEqualTo("a");
        assertThat(read.getSpec().data().getFirst().remoteRef().key()).isEqualTo("k");
        assertThat(read.getSpec().target().creationPolicy()).isEqualTo("Owner");
    }
}

package dev.signet.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class InStepCountTest {

    @Test
    void countsThoseThatAreInStepInEitherController() throws Exception {
        String scrape =
                """
                # TYPE sealed_secrets_controller_condition_info gauge
                sealed_secrets_controller_condition_info{condition="Synced",name="a",namespace="x"} 1
                sealed_secrets_controller_condition_info{condition="Synced",name="b",namespace="x"} 1.0
                sealed_secrets_controller_condition_info{condition="Synced",name="c",namespace="x"} -1
                sealed_secrets_controller_condition_info{condition="Synced",name="d",namespace="x"} 0
                sealed_secrets_controller_unseal_requests_total 1
                """;

        assertThat(count(scrape)).isEqualTo(2);
    }

    @Test
    void countsNothingWhereNothingIsTold() throws Exception {
        assertThat(count("")).isZero();
    }

    private static long count(String scrape) throws IOException {
        return InStepCount.count(new ByteArrayInputStream(scrape.getBytes(UTF_8)));
    }
}

package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchIT {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    @TempDir Path folder;

    private SignetProcess.Ended bench(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "bench";
        System.arraycopy(words, 0, all, 1, words.length);
        try (SignetProcess process = SignetProcess.start(folder, Map.of(), all)) {
            return process.await(LIMIT);
        }
    }

    private static JsonNode median(SignetProcess.Ended ended) throws IOException {
        assertThat(ended.status()).as(ended.err()).isZero();
        return new JsonMapper().readTree(ended.out()).path("median");
    }

    @Test
    void coldSyncIsMeasuredAgainstTheFloor() throws IOException {
        SignetProcess.Ended ended = bench("--n", "20", "--shape", "cold", "-o", "json");
        JsonNode median = median(ended);

        assertThat(median.path("floor_s").asDouble()).isPositive();
        assertThat(median.path("start_to_all_ready_s").asDouble())
                .isGreaterThan(median.path("start_to_first_secret_s").asDouble())
                .isGreaterThan(median.path("start_to_ready_s").asDouble());
        assertThat(median.path("times_floor").asDouble())
                .isGreaterThan(median.path("times_floor_without_start").asDouble());
        assertThat(median.path("provider_reads").asLong()).isEqualTo(20);
        assertThat(median.path("provider_logins").asLong()).isEqualTo(1);
        // Besides theirs perhaps the Secret of the sealing key, which is made meanwhile.
        assertThat(median.path("api_post_secrets").asLong()).isBetween(20L, 21L);
        assertThat(median.path("live_heap_mb").asDouble()).isPositive();
        assertThat(median.path("exit_status").asInt()).isZero();
        assertThat(ended.err()).contains("signet: measuring the floor");
    }

    @Test
    void triggersAreTimed() throws IOException {
        JsonNode median = median(bench("--n", "20", "--shape", "trigger", "--output", "json"));

        assertThat(median.path("triggers").asInt()).isEqualTo(200);
        assertThat(median.path("trigger_to_value_p50_ms").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(median.path("trigger_to_value_p99_ms").asDouble());
    }

    @Test
    void operatorThatDoesNotStartIsToldOf() {
        SignetProcess.Ended ended = bench("--n", "1", "--command", "echo no {health-port}; exit 3");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err().lines().reduce("", (first, last) -> last))
                .startsWith("signet: the operator ended while it started:");
    }
}

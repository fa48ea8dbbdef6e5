package dev.signet.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchReportTest {

    private static RunResult run(long millis, long reads) {
        return RunResult.of(
                List.of(
                        Figure.seconds(
                                "start_to_all_ready",
                                "start to all Ready",
                                Duration.ofMillis(millis)),
                        Figure.count("provider_reads", "provider reads", reads)));
    }

    private static BenchReport report(Shape shape, RunResult... runs) {
        return new BenchReport(
                new BenchSettings(2000, shape, runs.length, 32, Duration.ofMinutes(30), "", null),
                2,
                List.of(runs));
    }

    private static final RunResult SOAK =
            new RunResult(
                    List.of(Figure.count("changes", "changes", 900)),
                    List.of(
                            new RunResult.Sample(30, 20_000_000, 100_000_000, 40, 1, 0, 300),
                            new RunResult.Sample(60, 20_000_000, 120_000_000, 40, -1, 4, 900)),
                    List.of(),
                    List.of("1 Secret is stale"));

    @Test
    void oneRunIsAColumnOfFigures() {
        assertThat(report(Shape.COLD, run(1234, 2000)).text())
                .isEqualTo(
                        """
                        cold, 2000 ExternalSecrets, 32 at once, 2 CPUs, signet

                        start to all Ready  1.23 s
                        provider reads        2000
                        """);
    }

    @Test
    void severalRunsStandBesideTheirMedian() {
        RunResult third =
                RunResult.of(List.of(Figure.count("provider_reads", "provider reads", 2002)));

        assertThat(report(Shape.COLD, run(1000, 2000), run(3000, 2001), third).text())
                .isEqualTo(
                        """
                        cold, 2000 ExternalSecrets, 32 at once, 2 CPUs, signet

                                             run 1   run 2  run 3  median
                        start to all Ready  1.00 s  3.00 s      -  2.00 s
                        provider reads        2000    2001   2002    2001
                        """);
    }

    @Test
    void curveAndProblemsFollowTheFigures() {
        assertThat(report(Shape.CHURN, SOAK).text())
                .isEqualTo(
                        """
                        churn, 2000 ExternalSecrets, 32 at once, 2 CPUs, signet

                        changes  900

                        after  live heap     RSS  threads  sessions  errors  changes
                        30 s     20.0 MB  100 MB       40         1       0      300
                        60 s     20.0 MB  120 MB       40         -       4      900

                        live heap ██
                        RSS       ▇█
                        threads   ██

                        Not as it must be
                          1 Secret is stale
                        """);
    }

    @Test
    void jsonHasTheMedianAndEachRun() {
        assertThat(report(Shape.COLD, run(1000, 2000), run(2000, 2000)).json())
                .isEqualTo(
                        """
                        {
                          "shape" : "cold",
                          "objects" : 2000,
                          "concurrent" : 32,
                          "cpus" : 2,
                          "command" : "",
                          "median" : {
                            "start_to_all_ready_s" : 1.5,
                            "provider_reads" : 2000
                          },
                          "runs" : [ {
                            "figures" : {
                              "start_to_all_ready_s" : 1,
                              "provider_reads" : 2000
                            }
                          }, {
                            "figures" : {
                              "start_to_all_ready_s" : 2,
                              "provider_reads" : 2000
                            }
                          } ]
                        }\
                        """);
    }

    @Test
    void jsonHasTheCurveAndTheProblems() throws JsonProcessingException {
        JsonNode run = new JsonMapper().readTree(report(Shape.CHURN, SOAK).json()).at("/runs/0");

        assertThat(run.at("/curve/0").toString())
                .isEqualTo(
                        "{\"at_s\":30,\"live_heap_bytes\":20000000,\"rss_bytes\":100000000,\"threads\":40,\"sessions\":1,\"errors\":0,\"changes\":300}");
        assertThat(run.at("/problems").toString()).isEqualTo("[\"1 Secret is stale\"]");
    }

    @Test
    void aProblemMakesTheCommandFail() {
        assertThat(report(Shape.COLD, run(1, 1)).failed()).isFalse();
        assertThat(report(Shape.COLD, run(1, 1), SOAK).failed()).isTrue();
    }
}

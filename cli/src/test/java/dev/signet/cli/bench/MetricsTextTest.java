package dev.signet.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import org.junit.jupiter.api.Test;

class MetricsTextTest {

    private static final String SCRAPE =
            """
            # HELP requests_total All requests
            # TYPE requests_total counter
            requests_total{verb="GET",path="a,b}c"} 3
            requests_total{verb="POST",path="say \\"hi\\""} 1.5e+02 1700000000
            up 1
            limit{le="+Inf",} +Inf
            broken{verb="GET
            """;

    @Test
    void readsNamesLabelsAndValues() {
        MetricsText text = MetricsText.parse(SCRAPE, any -> true);

        assertThat(text.samples())
                .extracting(MetricsText.Sample::name, MetricsText.Sample::value)
                .containsExactly(
                        tuple("requests_total", 3.0),
                        tuple("requests_total", 150.0),
                        tuple("up", 1.0),
                        tuple("limit", Double.POSITIVE_INFINITY));
        assertThat(text.samples().get(0).label("path")).isEqualTo("a,b}c");
        assertThat(text.samples().get(1).label("path")).isEqualTo("say \"hi\"");
        assertThat(text.samples().get(2).label("path")).isEmpty();
    }

    @Test
    void sumsWhatIsAskedFor() {
        MetricsText text = MetricsText.parse(SCRAPE, "requests_total"::equals);

        assertThat(text.samples()).hasSize(2);
        assertThat(text.sum("requests_total")).isEqualTo(153);
        assertThat(text.sum("requests_total", sample -> sample.label("verb").equals("GET")))
                .isEqualTo(3);
        assertThat(text.sum("up")).isZero();
    }
}

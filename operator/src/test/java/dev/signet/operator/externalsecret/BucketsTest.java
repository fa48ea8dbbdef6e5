package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BucketsTest {

    @Test
    void sameValueIsInTheSameBucketWhichIsHeldOnce() {
        assertThat(Buckets.of("team-a/app")).isSameAs(Buckets.of("team-" + "a/app".strip()));
    }

    @Test
    void namesThatDifferInANumberSpreadOverAFewThousandBuckets() {
        Map<String, Long> sizes =
                IntStream.range(0, 50_000)
                        .mapToObj(i -> Buckets.of("team-" + i % 50 + "/app-" + i))
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(sizes).hasSizeBetween(3_500, 4_096);
        assertThat(sizes.values()).allMatch(size -> size < 60);
    }
}

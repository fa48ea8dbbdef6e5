package dev.signet.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NumbersTest {

    private static final List<Double> HUNDRED =
            IntStream.rangeClosed(1, 100).mapToObj(i -> (double) (101 - i)).toList();

    @Test
    void medianOfAnOddNumberIsTheOneInTheMiddle() {
        assertThat(Numbers.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2.0);
    }

    @Test
    void medianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertThat(Numbers.median(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(3.0);
    }

    @Test
    void percentileIsAValueThatWasMeasured() {
        assertThat(Numbers.percentile(HUNDRED, 50)).isEqualTo(50.0);
        assertThat(Numbers.percentile(HUNDRED, 99)).isEqualTo(99.0);
        assertThat(Numbers.percentile(HUNDRED, 100)).isEqualTo(100.0);
    }

    @Test
    void percentileOfFewIsNotSmallerThanMostOfThem() {
        assertThat(Numbers.percentile(List.of(1.0, 2.0, 3.0), 99)).isEqualTo(3.0);
        assertThat(Numbers.percentile(List.of(7.0), 1)).isEqualTo(7.0);
    }

    @Test
    void nothingHasNoMedian() {
        assertThatIllegalArgumentException().isThrownBy(() -> Numbers.median(List.of()));
    }
}

package dev.signet.operator.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "4, 3", "8, 6", "16, 12", "32, 23", "64, 45"})
    void oneThatHoldsOnGetsThreeQuarters(int all, int held) {
        assertThat(hold(all, 1)).isEqualTo(all - held);
    }

    @Test
    void severalThatHoldOnLeaveSomeToTheRest() {
        assertThat(hold(32, 2)).isGreaterThanOrEqualTo(3);
        assertThat(hold(32, 4)).isPositive();
        assertThat(hold(64, 6)).isPositive();
    }

    @Test
    void nobodyTakesWhatIsNotThere() {
        assertThat(Share.allows(0, 0, 32)).isFalse();
        assertThat(Share.allows(0, 1, 32)).isTrue();
        assertThat(Share.allows(1, 1, 32)).isFalse();
    }

    /** What is free when one after the other has taken all that it may. */
    private static int hold(int all, int holders) {
        int free = all;
        for (int i = 0; i < holders; i++) {
            int held = 0;
            while (Share.allows(held, free, all)) {
                held++;
                free--;
            }
        }
        return free;
    }
}

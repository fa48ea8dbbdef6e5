package dev.signet.operator.externalsecret.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

    private static LocalDateTime next(String schedule, String after) {
        return Cron.parse(schedule).orElseThrow().next(LocalDateTime.parse(after)).orElseThrow();
    }

    @ParameterizedTest(name = "{0} after {1} is {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # stars, numbers, the next is always later than the given time
                    * * * * *       | 2026-06-01T10:00    | 2026-06-01T10:01
                    * * * * *       | 2026-06-01T10:00:30 | 2026-06-01T10:01
                    0 22 * * *      | 2026-06-01T21:59:59 | 2026-06-01T22:00
                    0 22 * * *      | 2026-06-01T22:00    | 2026-06-02T22:00
                    30 4 1 1 *      | 2026-01-01T04:30    | 2027-01-01T04:30
                    59 23 31 12 *   | 2026-06-01T00:00    | 2026-12-31T23:59
                    # lists, ranges, steps
                    0,15,45 * * * * | 2026-06-01T10:15    | 2026-06-01T10:45
                    10-12 * * * *   | 2026-06-01T10:12    | 2026-06-01T11:10
                    */15 * * * *    | 2026-06-01T10:46    | 2026-06-01T11:00
                    5/20 * * * *    | 2026-06-01T10:26    | 2026-06-01T10:45
                    5/20 * * * *    | 2026-06-01T10:45    | 2026-06-01T11:05
                    0 8-18/5 * * *  | 2026-06-01T13:00    | 2026-06-01T18:00
                    0 8-18/5 * * *  | 2026-06-01T18:00    | 2026-06-02T08:00
                    0 0,12 * * *    | 2026-06-01T00:00    | 2026-06-01T12:00
                    # names, in any case
                    0 0 * JAN *     | 2026-06-01T00:00    | 2027-01-01T00:00
                    0 0 1 feb-apr * | 2026-03-02T00:00    | 2026-04-01T00:00
                    0 9 * * Mon-Fri | 2026-06-05T09:00    | 2026-06-08T09:00
                    0 9 * * sun     | 2026-06-01T00:00    | 2026-06-07T09:00
                    0 9 * * 0       | 2026-06-01T00:00    | 2026-06-07T09:00
                    0 9 * * 6       | 2026-06-01T00:00    | 2026-06-06T09:00
                    # a question mark is a star
                    0 9 ? * 1       | 2026-06-02T00:00    | 2026-06-08T09:00
                    0 9 15 * ?      | 2026-06-01T00:00    | 2026-06-15T09:00
                    # both days restricted: either matches
                    0 0 13 * 5      | 2026-06-06T00:00    | 2026-06-12T00:00
                    0 0 13 * 5      | 2026-06-12T00:00    | 2026-06-13T00:00
                    # one day with a star: both must match
                    0 0 * * 5       | 2026-06-06T00:00    | 2026-06-12T00:00
                    0 0 13 * *      | 2026-06-06T00:00    | 2026-06-13T00:00
                    0 0 */1 * 5     | 2026-06-06T00:00    | 2026-06-12T00:00
                    # a star with a step restricts, as in v3
                    0 0 */2 * 2     | 2026-06-01T00:00    | 2026-06-02T00:00
                    0 0 */2 * 2     | 2026-06-02T00:00    | 2026-06-03T00:00
                    # months of different length, leap years
                    0 0 31 * *      | 2026-06-01T00:00    | 2026-07-31T00:00
                    0 0 29 2 *      | 2026-06-01T00:00    | 2028-02-29T00:00
                    # descriptors
                    @yearly         | 2026-06-01T00:00    | 2027-01-01T00:00
                    @annually       | 2026-06-01T00:00    | 2027-01-01T00:00
                    @monthly        | 2026-06-01T00:00    | 2026-07-01T00:00
                    @weekly         | 2026-06-01T00:00    | 2026-06-07T00:00
                    @daily          | 2026-06-01T00:00    | 2026-06-02T00:00
                    @midnight       | 2026-06-01T10:00    | 2026-06-02T00:00
                    @hourly         | 2026-06-01T10:30    | 2026-06-01T11:00
                    """)
    void firesNext(String schedule, String after, String next) {
        assertThat(next(schedule, after)).isEqualTo(LocalDateTime.parse(next));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not-a-cron",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * 32 * *",
                "* * * 0 *",
                "* * * 13 *",
                "* * * * 7",
                "-1 * * * *",
                "5-1 * * * *",
                "1-2-3 * * * *",
                "1/2/3 * * * *",
                "*/0 * * * *",
                "*/x * * * *",
                "* * * foo *",
                "* * * * mon/tue",
                "@reboot",
                "@Daily",
                "CRON_TZ=Europe/Berlin 0 9 * * *"
            })
    void refusesWhatIsNoSchedule(String schedule) {
        assertThat(Cron.parse(schedule)).isEmpty();
    }

    @Test
    void givesUpOnADayThatNeverComes() {
        assertThat(Cron.parse("0 0 31 2 *").orElseThrow().next(LocalDateTime.of(2026, 6, 1, 0, 0)))
                .isEmpty();
    }

    @Test
    void givesUpOnAFieldWithoutValues() {
        assertThat(Cron.parse(", * * * *").orElseThrow().next(LocalDateTime.of(2026, 6, 1, 0, 0)))
                .isEmpty();
    }
}

package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.operator.store.FallbackCause;
import dev.signet.provider.ReadOutcome;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FallbackNeedTest {

    private static final Set<FallbackCause> USUAL =
            Set.of(FallbackCause.UNREACHABLE, FallbackCause.NOT_CONFIGURED);

    private static final ReadOutcome<?> FOUND = new ReadOutcome.Found<>("x");
    private static final ReadOutcome<?> AWAY = new ReadOutcome.Unavailable<>("no route");
    private static final ReadOutcome<?> GONE = new ReadOutcome.Missing<>("secret a");
    private static final ReadOutcome<?> DENIED = new ReadOutcome.Denied<>("no");
    private static final ReadOutcome<?> INVALID = new ReadOutcome.Invalid<>("what");

    private static Optional<FallbackNeed> need(
            Set<FallbackCause> on, String absent, ReadOutcome<?>... answers)
            throws InterruptedException {
        return FallbackNeed.of(
                List.of(answers),
                on,
                () -> false,
                () -> Optional.of(absent).filter(text -> !text.isEmpty()));
    }

    @Test
    void aStoreThatIsAskedTooOftenIsThereUnlessItStoppedAnswering() throws InterruptedException {
        ReadOutcome<?> busy =
                new ReadOutcome.Unavailable<>("busy", Optional.of(Duration.ofSeconds(5)));

        assertThat(need(USUAL, "", FOUND, busy)).isEmpty();
        assertThat(FallbackNeed.of(List.of(busy), USUAL, () -> true, Optional::empty))
                .contains(new FallbackNeed(FallbackCause.UNREACHABLE, "busy"));
    }

    @Test
    void oneUnansweredQuestionIsEnough() throws InterruptedException {
        assertThat(need(USUAL, "", FOUND, AWAY))
                .contains(new FallbackNeed(FallbackCause.UNREACHABLE, "no route"));
        assertThat(need(USUAL, "", FOUND, FOUND)).isEmpty();
        assertThat(need(USUAL, "")).isEmpty();
    }

    @Test
    void oneDenialSettlesIt() throws InterruptedException {
        Set<FallbackCause> all = EnumSet.allOf(FallbackCause.class);

        assertThat(need(all, "no Secret", AWAY, GONE, INVALID, DENIED)).isEmpty();
        assertThat(need(all, "", DENIED)).isEmpty();
    }

    @Test
    void whatIsMissingCallsForOneOnlyWhereThatIsAskedFor() throws InterruptedException {
        assertThat(need(USUAL, "", FOUND, GONE)).isEmpty();
        assertThat(need(Set.of(FallbackCause.MISSING), "", FOUND, GONE))
                .contains(new FallbackNeed(FallbackCause.MISSING, "there is no secret a"));
        assertThat(need(Set.of(FallbackCause.MISSING), "", AWAY)).isEmpty();
    }

    @Test
    void whatCannotBeAnsweredDoesSoOnlyWhereCredentialsAreAbsent() throws InterruptedException {
        assertThat(need(USUAL, "", INVALID)).isEmpty();
        assertThat(need(USUAL, "there is no Secret token", INVALID))
                .contains(
                        new FallbackNeed(FallbackCause.NOT_CONFIGURED, "there is no Secret token"));
        assertThat(need(Set.of(FallbackCause.UNREACHABLE), "there is no Secret token", INVALID))
                .isEmpty();
    }
}

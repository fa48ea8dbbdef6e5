package dev.signet.operator.sealedsecret.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoalescedTest {

    private final List<String> told = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final Coalesced changes = new Coalesced(told::add, Runnable::run, later::add);

    private void pass() {
        List<Runnable> due = List.copyOf(later);
        later.clear();
        due.forEach(Runnable::run);
    }

    @Test
    void theFirstIsToldAtOnceAndThoseThatFollowAsOne() {
        changes.accept("a");
        assertThat(told).containsExactly("a");

        changes.accept("a");
        changes.accept("a");
        changes.accept("b");
        assertThat(told).containsExactly("a", "b");

        pass();
        assertThat(told).containsExactly("a", "b", "a");
    }

    @Test
    void oneThatWasQuietIsToldAtOnceAgain() {
        changes.accept("a");
        pass();
        assertThat(later).isEmpty();

        changes.accept("a");

        assertThat(told).containsExactly("a", "a");
    }
}

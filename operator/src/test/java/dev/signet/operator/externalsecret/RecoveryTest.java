package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.operator.refresh.ObjectKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private final Recovery recovery = new Recovery();

    @Test
    void oneThatRecoversGivesAFewOthersOfItsStoreATurn() {
        fail("a", 0, 100);
        fail("b", 100, 200);

        List<ObjectKey> turns = recovery.served(key(50));

        assertThat(turns).containsExactlyElementsOf(keys(0, Recovery.TURNS));
    }

    @Test
    void anotherRecoveryGivesOthersATurn() {
        fail("a", 0, 100);

        recovery.served(key(50));

        assertThat(recovery.served(key(51)))
                .containsExactlyElementsOf(keys(Recovery.TURNS, 2 * Recovery.TURNS));
    }

    @Test
    void whoNeverFailedOrIsGoneWakesNobody() {
        fail("a", 0, 10);
        recovery.forget(key(3));

        assertThat(recovery.served(key(3))).isEmpty();
        assertThat(recovery.served(key(77))).isEmpty();
        recovery.served(key(4));
        assertThat(recovery.served(key(4))).as("a second time").isEmpty();
    }

    @Test
    void theLastOneWakesNobody() {
        fail("a", 0, 1);

        assertThat(recovery.served(key(0))).isEmpty();
    }

    @Test
    void allOfAStoreFollowTheFirst() {
        fail("a", 0, 10_000);
        Deque<ObjectKey> turns = new ArrayDeque<>(List.of(key(0)));
        Set<ObjectKey> served = new HashSet<>();
        while (!turns.isEmpty()) {
            ObjectKey next = turns.pop();
            if (served.add(next)) {
                turns.addAll(recovery.served(next));
            }
        }
        assertThat(served).hasSize(10_000);
    }

    private void fail(String store, int from, int to) {
        keys(from, to).forEach(key -> recovery.failed(key, store));
    }

    private static List<ObjectKey> keys(int from, int to) {
        return IntStream.range(from, to).mapToObj(RecoveryTest::key).toList();
    }

    private static ObjectKey key(int number) {
        return new ObjectKey("ns", "es-" + number);
    }
}

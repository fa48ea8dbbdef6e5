package dev.signet.sealed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final Turns turns = new Turns();

    /** Waits for an object on a thread of its own, and returns when its place is taken. */
    private Thread given(String namespace, String name, int values) throws InterruptedException {
        Map<String, String> items = new TreeMap<>();
        for (int i = 0; i < values; i++) {
            items.put(name + i, "x");
        }
        CountDownLatch begun = new CountDownLatch(1);
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            begun.countDown();
                            try {
                                turns.outcome(
                                        new Opening(
                                                new SealedItems(
                                                        namespace, name, Scope.STRICT, items),
                                                KeyRing.EMPTY));
                            } catch (InterruptedException | IllegalStateException e) {
                                // The test is over.
                            }
                        });
        begun.await();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        return thread;
    }

    private List<String> taken(int count) throws InterruptedException {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Turns.Turn turn = turns.next();
            keys.add(turn.key());
            turns.ended(turn, new Attempt.Failed("no"));
        }
        return keys;
    }

    @Test
    void namespacesTakeTurnsAndTheObjectsOfEach() throws Exception {
        given("a", "p", 4);
        given("a", "q", 3);
        given("b", "r", 2);
        given("c", "s", 1);

        assertThat(taken(10))
                .containsExactly("p0", "r0", "s0", "q0", "r1", "p1", "q1", "p2", "q2", "p3");
        turns.close();
    }

    @Test
    void noMoreIsHandedOutThanMayFail() throws Exception {
        Thread waiting = given("a", "p", 100);
        List<Turns.Turn> out = new ArrayList<>();
        for (int i = 0; i < Opener.MOST_UNOPENED; i++) {
            out.add(turns.next());
        }
        given("b", "q", 1);

        assertThat(turns.next().key()).isEqualTo("q0");
        out.forEach(turn -> turns.ended(turn, new Attempt.Failed("no")));
        waiting.join();
        turns.close();
    }

    @Test
    void whoGivesUpLeavesTheQueue() throws Exception {
        Thread gone = given("a", "p", 100);
        given("a", "q", 1);
        gone.interrupt();
        gone.join();

        assertThat(taken(1)).containsExactly("q0");
        turns.close();
    }
}

package dev.signet.operator.sealedsecret.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlacesTest {

    private static final Duration LONG = Duration.ofSeconds(50);

    private final Places places = new Places(new Places.Limits(4, 3, 2, 4));
    private final List<String> entered = new CopyOnWriteArrayList<>();

    private static Caller caller(String source, String name) {
        return new Caller(source, name);
    }

    private boolean enters(String source, String name) throws InterruptedException {
        return places.enter(caller(source, name), Duration.ZERO);
    }

    /** Returns when it waits. */
    private Thread waits(String source, String name) {
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                if (places.enter(caller(source, name), LONG)) {
                                    entered.add(source + name);
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    @Test
    void neitherACallerNorASourceHasThemAll() throws Exception {
        assertThat(enters("a", "1")).isTrue();
        assertThat(enters("a", "1")).isTrue();
        assertThat(enters("a", "1")).isFalse();
        assertThat(enters("a", "2")).isTrue();
        assertThat(enters("a", "3")).isFalse();
        assertThat(enters("b", "")).isTrue();
        assertThat(enters("c", "")).isFalse();

        places.leave(caller("a", "1"));
        assertThat(enters("a", "1")).isTrue();
    }

    @Test
    void aFreePlaceGoesToWhoseSourceHoldsTheFewest() throws Exception {
        enters("a", "1");
        enters("a", "2");
        enters("b", "1");
        enters("c", "1");
        Thread first = waits("a", "3");
        Thread second = waits("d", "1");

        places.leave(caller("c", "1"));
        second.join();
        assertThat(entered).containsExactly("d1");
        places.leave(caller("b", "1"));
        first.join();
        assertThat(entered).containsExactly("d1", "a3");
    }

    @Test
    void onlySoManyWaitAndOfOneSourceHalfOfThem() throws Exception {
        enters("a", "1");
        enters("a", "2");
        enters("b", "1");
        enters("c", "1");
        Thread first = waits("a", "3");
        Thread second = waits("a", "4");

        assertThat(places.enter(caller("a", "5"), LONG)).isFalse();
        Thread third = waits("b", "2");
        Thread fourth = waits("c", "2");
        assertThat(places.enter(caller("d", "1"), LONG)).isFalse();

        for (Thread each : List.of(first, second, third, fourth)) {
            each.interrupt();
            each.join();
        }
        places.leave(caller("c", "1"));
        assertThat(enters("d", "1")).isTrue();
    }
}

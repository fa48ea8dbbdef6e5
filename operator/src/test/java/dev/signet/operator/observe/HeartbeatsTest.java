package dev.signet.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeartbeatsTest {

    private long now = Long.MAX_VALUE - 5;
    private final Heartbeats hearts = new Heartbeats(Duration.ofSeconds(10), () -> now);

    @Test
    void allLiveForAsLongAsThePatienceAfterTheirBegin() {
        pass(10);
        assertThat(hearts.dead()).isEmpty();
        pass(1);
        assertThat(hearts.dead()).isPresent();
    }

    @Test
    void deadOneIsNamedWithItsAge() {
        pass(11);
        hearts.beat(Heartbeats.Part.QUEUE);

        assertThat(hearts.dead()).contains("no heartbeat of the watch for 11 s");
    }

    @Test
    void beatBringsThemBack() {
        pass(60);
        for (Heartbeats.Part part : Heartbeats.Part.values()) {
            hearts.beat(part);
        }

        assertThat(hearts.dead()).isEmpty();
    }

    private void pass(long seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }
}

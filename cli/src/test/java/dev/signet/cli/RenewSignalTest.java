package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs({OS.LINUX, OS.MAC})
class RenewSignalTest {

    @Test
    void eachSignalAsksForAKeyAndEndsNothing() throws Exception {
        CountDownLatch twice = new CountDownLatch(2);

        assertThat(RenewSignal.listen(twice::countDown)).isTrue();
        while (twice.getCount() > 0) {
            long before = twice.getCount();
            new ProcessBuilder("kill", "-USR1", Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
            for (int i = 0; i < 600 && twice.getCount() == before; i++) {
                boolean _ = twice.await(100, TimeUnit.MILLISECONDS);
            }
            assertThat(twice.getCount()).isLessThan(before);
        }
    }
}

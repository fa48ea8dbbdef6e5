package dev.signet.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FiguresOfProcessesTest {

    @Test
    void cpuAndMemoryAreReadWhateverTheProcessIsCalled() {
        String stat =
                "4711 (a b) c) S 1 4711 4711 0 -1 4194560 10905 5 0 0 1234 66 7 8 20 0 40 0 100 1 2 3";
        String status =
                """
                Name:\ta b) c
                VmPeak:\t 9000000 kB
                VmHWM:\t  200000 kB
                VmRSS:\t  150000 kB
                Threads:\t40
                """;

        assertThat(ProcessFigures.parse(stat, status))
                .isEqualTo(
                        new ProcessFigures(
                                Duration.ofSeconds(13), 150_000L * 1024, 200_000L * 1024, 40));
    }

    @Test
    void liveHeapIsTheSumOfTheGenerationsWithoutTheClasses() {
        String serial =
                """
                4711:
                DefNew     total 9216K, used 1024K [0x0, 0x1, 0x2)
                  eden space 8192K,  12% used [0x0, 0x1, 0x2)
                Tenured    total 20480K, used 5120K [0x0, 0x1, 0x2)
                Metaspace       used 40000K, committed 40500K, reserved 1114112K
                  class space    used 5000K, committed 5200K, reserved 1048576K
                """;

        assertThat(JdkTools.heapUsed(serial)).hasValue(6L << 20);
        assertThat(JdkTools.heapUsed("garbage-first heap   total reserved 1M, used 3M [0x0)"))
                .hasValue(3L << 20);
        assertThat(JdkTools.heapUsed("no such process")).isEmpty();
    }
}

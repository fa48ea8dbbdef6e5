package dev.signet.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapGuardTest {

    private static final long MIB = 1L << 20;

    @Test
    void collectsWhenHalfAsMuchAgainIsUsed() {
        assertThat(HeapGuard.threshold(100 * MIB, 400 * MIB)).isEqualTo(150 * MIB);
        assertThat(HeapGuard.threshold(100 * MIB, -1)).isEqualTo(150 * MIB);
    }

    @Test
    void leavesASmallHeapAlone() {
        assertThat(HeapGuard.threshold(0, 400 * MIB)).isEqualTo(HeapGuard.LEAST);
        assertThat(HeapGuard.threshold(10 * MIB, 400 * MIB)).isEqualTo(HeapGuard.LEAST);
    }

    @Test
    void neverAsksForMoreThanThereIs() {
        assertThat(HeapGuard.threshold(300 * MIB, 400 * MIB)).isEqualTo(400 * MIB);
    }
}

package dev.signet.sealed;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyMemoryTest {

    private static final List<UnsealingKey> KEYS =
            IntStream.range(0, 8)
                    .mapToObj(i ->
                            new KeyGenerator(Clock.systemUTC(), new SecureRandom())
                                    .generate("k" + i, 1024, Duration.ofDays(1), ""))
                    .toList();
    private static final KeyRing RING = new KeyRing(KEYS);

    private final KeyMemory memory = new KeyMemory();

    @Test
    void newestKeysComeFirstAtTheStart() {
        assertThat(memory.order(trace(1), RING)).containsExactlyElementsOf(KEYS);
    }

    @Test
    void theKeyThatOpenedAValueComesFirst() {
        memory.opened(trace(1), KEYS.get(6));
        for (int i = 0; i < 5; i++) {
            memory.opened(trace(2), KEYS.get(i));
        }

        assertThat(memory.order(trace(1), RING).getFirst()).isSameAs(KEYS.get(6));
    }

    @Test
    void keysInUseComeBeforeTheRest() {
        memory.opened(trace(1), KEYS.get(5));
        memory.opened(trace(2), KEYS.get(7));

        assertThat(memory.order(trace(3), RING))
                .extracting(UnsealingKey::name)
                .containsExactly("k7", "k5", "k0", "k1", "k2", "k3", "k4", "k6");
    }

    @Test
    void aKeyThatIsGoneIsNotTried() {
        memory.opened(trace(1), KEYS.get(7));

        assertThat(memory.order(trace(1), new KeyRing(KEYS.subList(0, 2))))
                .containsExactlyElementsOf(KEYS.subList(0, 2));
    }

    private static KeyMemory.Trace trace(int of) {
        return KeyMemory.trace(new Ciphertext(new byte[] {(byte) of}, new byte[0]), new byte[] {1});
    }
}

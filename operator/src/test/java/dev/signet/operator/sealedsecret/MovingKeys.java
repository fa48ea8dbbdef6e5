package dev.signet.operator.sealedsecret;

import dev.signet.sealed.KeyGenerator;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.UnsealingKey;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keys that a test brings and takes away. */
final class MovingKeys implements Keys {

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile KeyRing ring = KeyRing.EMPTY;

    /** A small key, so that a test does not wait for it. */
    static UnsealingKey generate(String name) {
        return new KeyGenerator(Clock.systemUTC(), new SecureRandom())
                .generate(name, 2048, Duration.ofDays(1), "");
    }

    /** From now on there are these keys. */
    void are(UnsealingKey... keys) {
        ring = new KeyRing(List.of(keys));
        listeners.forEach(Runnable::run);
    }

    @Override
    public KeyRing current() {
        return ring;
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}

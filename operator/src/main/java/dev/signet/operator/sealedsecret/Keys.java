package dev.signet.operator.sealedsecret;

import dev.signet.sealed.KeyRing;

/** The keys that open sealed values, as they are at the moment. */
public interface Keys {

    /** All keys that there are now; {@link KeyRing#EMPTY} while there are none. Does not block. */
    KeyRing current();

    /**
     * From now on {@code listener} is told, on any thread, after keys have come or gone. It must
     * return at once.
     */
    void onChange(Runnable listener);

    /** Keys that never change. */
    static Keys of(KeyRing ring) {
        return new Keys() {
            @Override
            public KeyRing current() {
                return ring;
            }

            @Override
            public void onChange(Runnable listener) {
                // They never do.
            }
        };
    }
}

package dev.signet.operator.sealedsecret;

import dev.signet.sealed.KeyRing;

/** Nothing can be opened. */
enum NoKeys implements Keys {
    INSTANCE;

    @Override
    public KeyRing current() {
        return KeyRing.EMPTY;
    }

    @Override
    public void onChange(Runnable listener) {
        // There never are any.
    }
}

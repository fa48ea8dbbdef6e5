package dev.signet.provider.contract;

import dev.signet.provider.SecretClient;

/** A session whose credentials can be changed while it is in use. */
public interface Rotation extends AutoCloseable {

    /** The session; it stays the same. */
    SecretClient client();

    /**
     * Puts new credentials where the session's references find them, and then makes the backend
     * refuse what the session has logged in with.
     */
    void rotate() throws Exception;

    @Override
    void close();

    /** A session of this kind, of its two parts. */
    static Rotation of(SecretClient client, Step rotate) {
        return new Rotation() {
            @Override
            public SecretClient client() {
                return client;
            }

            @Override
            public void rotate() throws Exception {
                rotate.run();
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }

    /** Something to do that may fail. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }
}

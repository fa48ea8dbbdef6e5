package dev.signet.operator.kube;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How a call gets to the API server, with credentials, TLS and repeats. */
interface Wire extends AutoCloseable {

    /**
     * Makes a call.
     *
     * @param path from the slash on, with its query
     * @param accept the types that are welcome
     * @param type the type of {@code json}
     * @param json what is sent; null for nothing
     * @throws IOException where the API server did not answer
     */
    Answer send(String method, String path, String accept, String type, @Nullable String json)
            throws IOException, InterruptedException;

    @Override
    void close();

    /**
     * What was answered.
     *
     * @param status of HTTP
     * @param body empty without one
     */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares answers.
    record Answer(int status, byte[] body) {

        boolean ok() {
            return status >= 200 && status < 300;
        }
    }
}

package dev.signet.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** Passes bytes both ways. */
final class Tunnel {

    private Tunnel() {}

    /** Returns when either side has ended, with both closed. */
    static void through(
            Line line, Socket server, InputStream fromClient, InputStream fromServer, Taps taps)
            throws IOException {
        Taps none = new Taps();
        Thread.ofVirtual()
                .name("fault-proxy-upward")
                .start(() -> {
                    try (line) {
                        line.copy(fromClient, server.getOutputStream(), none);
                    } catch (IOException ended) {
                        // The other direction fails too, once the line is closed.
                        return;
                    }
                });
        line.copy(fromServer, line.client().getOutputStream(), taps);
    }
}

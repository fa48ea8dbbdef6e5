package dev.signet.testbed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports on 127.0.0.1. */
final class Ports {

    // Below the ranges from which Linux and macOS take ports for outgoing connections, so that a
    // server that was stopped finds its port still free.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 200;

    private Ports() {}

    static int free() {
        int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try (ServerSocket probe = new ServerSocket(port, 1, loopback())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                port++;
            }
        }
        throw new TestbedException("no free port found on 127.0.0.1");
    }

    static boolean answers(int port) {
        try (Socket socket = new Socket(loopback(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}

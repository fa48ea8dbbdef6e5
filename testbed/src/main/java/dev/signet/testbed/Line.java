package dev.signet.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection and the one to the server behind it. Once it is dead, nothing passes any
 * more in either direction, though both stay open.
 */
final class Line implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private final Socket client;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean dead;
    private @Nullable Socket server;

    Line(Socket client) {
        this.client = client;
    }

    Socket client() {
        return client;
    }

    /** Puts another connection to the server in the place of the one before, which is closed. */
    synchronized void server(Socket socket) throws IOException {
        if (server != null) {
            server.close();
        }
        server = socket;
        if (closed.getCount() == 0) {
            socket.close();
            throw new IOException("closed");
        }
    }

    /** From now on nothing passes, and nobody is told. */
    void die() {
        dead = true;
    }

    /** Returns at once on a line that works; on a dead one, fails when it is closed at last. */
    void pass() throws IOException {
        if (dead) {
            hold();
        }
    }

    /** Waits until the line is closed, and fails then. */
    void hold() throws IOException {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("closed");
    }

    /** Copies until the end of the stream, each part as it comes. */
    void copy(InputStream from, OutputStream to, Taps taps) throws IOException {
        byte[] buffer = new byte[BUFFER];
        int count = from.read(buffer);
        while (count >= 0) {
            send(to, buffer, count, taps);
            count = from.read(buffer);
        }
        pass();
    }

    /** Copies so many bytes, each part as it comes. */
    void copy(InputStream from, OutputStream to, long length, Taps taps) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = length;
        while (left > 0) {
            int count = from.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new IOException("ended early");
            }
            send(to, buffer, count, taps);
            left -= count;
        }
    }

    private void send(OutputStream to, byte[] bytes, int count, Taps taps) throws IOException {
        pass();
        taps.see(bytes, count);
        to.write(bytes, 0, count);
        to.flush();
    }

    /** Closes both connections; whatever waits for them fails. */
    @Override
    public synchronized void close() {
        closed.countDown();
        closeQuietly(client);
        if (server != null) {
            closeQuietly(server);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is closed either way.
            assert socket.isClosed();
        }
    }
}

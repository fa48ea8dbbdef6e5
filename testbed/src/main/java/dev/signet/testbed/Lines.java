package dev.signet.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens on 127.0.0.1 and gives each connection a virtual thread. Thread-safe. */
final class Lines implements AutoCloseable {

    private static final int BACKLOG = 512;

    /** Serves one connection until it ends. */
    interface Server {
        void serve(Line line) throws IOException;
    }

    private final ServerSocket listener;
    private final Server server;
    private final Set<Line> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile boolean silent;

    Lines(Server server) {
        this.server = server;
        try {
            this.listener =
                    new ServerSocket(
                            Ports.free(),
                            BACKLOG,
                            InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("fault-proxy").start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    int count() {
        return open.size();
    }

    int opened() {
        return opened.get();
    }

    /** Kills all connections without telling either side; new ones work. */
    void kill() {
        open.forEach(Line::die);
    }

    /** Kills all connections, and those to come for as long as it lasts. */
    void silent(boolean lasts) {
        silent = lasts;
        if (lasts) {
            kill();
        }
    }

    /** Closes all connections; new ones work. */
    void cut() {
        open.forEach(Line::close);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                begin(listener.accept());
            } catch (IOException closed) {
                // A client that is gone already is no reason to end.
                assert listener.isBound();
            }
        }
    }

    private void begin(Socket client) throws IOException {
        client.setTcpNoDelay(true);
        Line line = new Line(client);
        open.add(line);
        opened.incrementAndGet();
        if (silent) {
            line.die();
        }
        Thread.ofVirtual().name("fault-proxy-line").start(() -> serve(line));
    }

    private void serve(Line line) {
        try (line) {
            server.serve(line);
        } catch (IOException ended) {
            // One side has closed, or we have: the other side is closed too, by the try.
            return;
        } finally {
            open.remove(line);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            cut();
        }
    }
}

package dev.signet.testbed;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;

/**
 * Passes bytes between clients and a server, on 127.0.0.1, until told to lose connections. It does
 * not look into them, so that TLS and HTTP/2 go through as they are. Thread-safe.
 */
public final class FaultRelay implements AutoCloseable {

    private final URI server;
    private final Lines lines;

    private FaultRelay(URI server) {
        this.server = server;
        this.lines = new Lines(this::relay);
    }

    /** A relay to the server at this URI, which must name a port. */
    public static FaultRelay before(URI server) {
        return new FaultRelay(server);
    }

    /** The server's URI with this relay's port. */
    public URI address() {
        return URI.create(server.getScheme() + "://127.0.0.1:" + lines.port());
    }

    /** How many connections are open, dead ones too. */
    public int connections() {
        return lines.count();
    }

    /** How many connections there have been since the start. */
    public int opened() {
        return lines.opened();
    }

    /** Nothing passes on the connections there are, and neither side is told; new ones work. */
    public void killConnections() {
        lines.kill();
    }

    /** While this lasts, no connection works, old or new; those made meanwhile never will. */
    public void silence(boolean lasts) {
        lines.silent(lasts);
    }

    /** Closes all connections; new ones work. */
    public void cutConnections() {
        lines.cut();
    }

    @Override
    public void close() {
        lines.close();
    }

    private void relay(Line line) throws IOException {
        line.pass();
        Socket upstream = Upstream.plain(server).connect(line);
        Tunnel.through(
                line,
                upstream,
                line.client().getInputStream(),
                upstream.getInputStream(),
                new Taps());
    }
}

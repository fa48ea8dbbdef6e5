package dev.signet.testbed;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import javax.net.SocketFactory;

/**
 * The server behind a proxy.
 *
 * @param server names a port
 * @param sockets makes connections to it
 */
record Upstream(URI server, SocketFactory sockets) {

    /** A server that is spoken to, or passed on to, without TLS of our own. */
    static Upstream plain(URI server) {
        return new Upstream(server, SocketFactory.getDefault());
    }

    /** A new connection for this line, in the place of the one before. */
    Socket connect(Line line) throws IOException {
        Socket socket = sockets.createSocket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        line.server(socket);
        return socket;
    }
}

package dev.signet.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** A connection, and what its keeper knows of it. */
final class Connection extends DefaultBHttpClientConnection {

    private static final int MAX_FIELDS = 200;
    private static final int MAX_LINE_BYTES = 32 << 10;
    private static final Http1Config LIMITS =
            Http1Config.custom()
                    .setMaxHeaderCount(MAX_FIELDS)
                    .setMaxLineLength(MAX_LINE_BYTES)
                    .build();

    private volatile boolean overdue;
    private volatile long since;

    private Connection() {
        super(LIMITS);
    }

    /** Connects, and agrees on TLS where the origin asks for it. */
    static Connection to(URI origin, OriginSettings settings, SSLSocketFactory tls)
            throws IOException {
        boolean secure = origin.getScheme().equalsIgnoreCase("https");
        int port = origin.getPort() >= 0 ? origin.getPort() : secure ? 443 : 80;
        int millis = Math.toIntExact(settings.connect().toMillis());
        Proxy proxy = proxy(origin, settings.proxies());
        Socket socket = new Socket(proxy);
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            if (proxy.type() == Proxy.Type.DIRECT) {
                connect(socket, new InetSocketAddress(host(origin), port), millis);
            } else {
                // Its name is the proxy's to resolve.
                socket.connect(InetSocketAddress.createUnresolved(host(origin), port), millis);
            }
            Connection connection = new Connection();
            if (secure) {
                SSLSocket session = (SSLSocket) tls.createSocket(socket, host(origin), port, true);
                SSLParameters parameters = session.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                parameters.setCipherSuites(CipherOrder.cheapestFirst(parameters.getCipherSuites()));
                parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
                session.setSSLParameters(parameters);
                session.setSoTimeout(millis);
                session.startHandshake();
                connection.bind(session, socket);
            } else {
                connection.bind(socket);
            }
            connection.setSocketTimeout(Timeout.of(settings.patience()));
            return connection;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private static Proxy proxy(URI origin, ProxySelector proxies) {
        List<Proxy> choice = proxies.select(origin);
        return choice.isEmpty() ? Proxy.NO_PROXY : choice.getFirst();
    }

    private static void connect(Socket socket, InetSocketAddress address, int millis)
            throws IOException {
        if (address.isUnresolved()) {
            throw new UnknownHostException(address.getHostString());
        }
        try {
            socket.connect(address, millis);
        } catch (SocketTimeoutException e) {
            throw new ConnectTimeoutException();
        }
    }

    /** An address of version 6 has brackets in a URI, and nowhere else. */
    private static String host(URI origin) {
        String host = origin.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** When it was last taken or given back, by {@link System#nanoTime()}. */
    long since() {
        return since;
    }

    void touch(long nanos) {
        since = nanos;
    }

    /** Ends it under whoever waits for it. */
    void cut() {
        overdue = true;
        close(CloseMode.IMMEDIATE);
    }

    boolean isOverdue() {
        return overdue;
    }
}

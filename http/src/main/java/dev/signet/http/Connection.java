package dev.signet.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.HttpMessageParserFactory;
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

    /** The library's own makes parsers without limits, whatever the connection is told. */
    private static final HttpMessageParserFactory<ClassicHttpResponse> PARSERS =
            new DefaultHttpResponseParserFactory(LIMITS);

    private final Socket socket;
    private volatile boolean overdue;
    private volatile long since;
    private volatile long limit;

    private Connection(Socket socket) {
        super(LIMITS, null, null, null, null, null, PARSERS);
        this.socket = socket;
    }

    /**
     * Connects, and agrees on TLS where the origin asks for it; ended by the keeper if that takes
     * too long.
     */
    static Connection to(URI origin, OriginSettings settings, SSLSocketFactory tls, Keeper keeper)
            throws IOException {
        Proxy proxy = proxy(origin, settings.proxies());
        Connection connection = new Connection(new Socket(proxy));
        keeper.begin(connection, settings.connect());
        boolean made = false;
        try {
            connection.open(origin, settings, tls, proxy);
            made = true;
            return connection;
        } catch (IOException e) {
            throw connection.isOverdue() ? new ConnectTimeoutException() : e;
        } finally {
            if (!made) {
                keeper.drop(connection);
            }
        }
    }

    private void open(URI origin, OriginSettings settings, SSLSocketFactory tls, Proxy proxy)
            throws IOException {
        boolean secure = origin.getScheme().equalsIgnoreCase("https");
        int port = origin.getPort() >= 0 ? origin.getPort() : secure ? 443 : 80;
        int millis = Math.toIntExact(settings.connect().toMillis());
        String host = host(origin);
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        if (proxy.type() == Proxy.Type.DIRECT) {
            connect(new InetSocketAddress(settings.reach().address(host), port), millis);
        } else {
            settings.reach().checkBeforeProxy(host);
            // Its name is the proxy's to resolve.
            socket.connect(InetSocketAddress.createUnresolved(host, port), millis);
        }
        if (secure) {
            SSLSocket session = (SSLSocket) tls.createSocket(socket, host, port, true);
            SSLParameters parameters = session.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setCipherSuites(CipherOrder.cheapestFirst(parameters.getCipherSuites()));
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            session.setSSLParameters(parameters);
            session.setSoTimeout(millis);
            session.startHandshake();
            bind(session, socket);
        } else {
            bind(socket);
        }
        setSocketTimeout(Timeout.of(settings.patience()));
    }

    private static Proxy proxy(URI origin, ProxySelector proxies) {
        List<Proxy> choice = proxies.select(origin);
        return choice.isEmpty() ? Proxy.NO_PROXY : choice.getFirst();
    }

    private void connect(InetSocketAddress address, int millis) throws IOException {
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

    /** From now on, it is ended after this time unless it is touched before. */
    void touch(long nanos, long limitNanos) {
        limit = limitNanos;
        since = nanos;
    }

    boolean isOverdueAt(long nanos) {
        return nanos - since > limit;
    }

    /** Ends it under whoever waits for it. */
    void cut() throws IOException {
        overdue = true;
        discard();
    }

    void discard() throws IOException {
        close(CloseMode.IMMEDIATE);
        // Before it is bound, that closes nothing.
        socket.close();
    }

    boolean isOverdue() {
        return overdue;
    }
}

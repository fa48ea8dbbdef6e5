package dev.signet.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * A server, named by scheme, host and port (RFC 9110, section 4.3.1), and the connections to it.
 * Calls are HTTP/1.1 and run on the thread that makes them, which should be a virtual one: no other
 * thread is woken on the way, which is what makes them cheap. Redirects are answers like others.
 * Over TLS, versions below 1.2 and certificates of other hosts are refused.
 *
 * <p>Exceptions hold nothing of what was sent or received.
 */
public final class Origin implements AutoCloseable {

    /** A connection that has rested this long is looked at before it is used. */
    private static final Duration RESTED = Duration.ofSeconds(1);

    private static final char DELETE = 0x7f;

    private final URI address;
    private final String authority;
    private final OriginSettings settings;
    private final SSLSocketFactory tls;
    private final Keeper keeper;
    private final Semaphore room;
    private final HttpRequestExecutor executor = new HttpRequestExecutor();

    /**
     * An origin that is not connected yet.
     *
     * @param address its scheme, {@code http} or {@code https}, its host and its port; the rest is
     *     left aside
     * @throws IllegalArgumentException without one of the schemes or a host
     */
    public Origin(URI address, OriginSettings settings) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (address.getHost() == null || !List.of("http", "https").contains(scheme)) {
            throw new IllegalArgumentException("an http or https address with a host is needed");
        }
        this.address = address;
        this.authority =
                address.getPort() >= 0
                        ? address.getHost() + ":" + address.getPort()
                        : address.getHost();
        this.settings = settings;
        SSLContext context = settings.tls();
        this.tls =
                context == null
                        ? (SSLSocketFactory) SSLSocketFactory.getDefault()
                        : context.getSocketFactory();
        this.keeper = new Keeper();
        this.room = new Semaphore(settings.connections());
    }

    /**
     * Makes a call. One without content whose kept connection turns out to be dead is made again on
     * a new one.
     *
     * @throws AddressRefusedException where the host is at an address that may not be reached
     * @throws ConnectTimeoutException where nobody answers at the address
     * @throws SocketTimeoutException where the answer is not complete in time
     * @throws AnswerTooLargeException where it is larger than the call allows
     * @throws ProtocolException where it is no HTTP
     * @throws IOException where there is no answer for another reason
     * @throws InterruptedException when the thread is interrupted, which ends the connection
     */
    public HttpAnswer send(HttpCall call) throws IOException, InterruptedException {
        return send(call, call.method().equals("GET"));
    }

    /**
     * The same for a call that changes nothing, or may be made twice, whatever its method: it is
     * made again where a kept connection turns out to be dead.
     */
    public HttpAnswer sendRepeatably(HttpCall call) throws IOException, InterruptedException {
        return send(call, true);
    }

    private HttpAnswer send(HttpCall call, boolean repeatable)
            throws IOException, InterruptedException {
        if (!room.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new SocketTimeoutException("all connections are in use");
        }
        try {
            Connection kept = rested(keeper.take());
            if (kept == null) {
                return on(open(), call);
            }
            try {
                return on(kept, call);
            } catch (EOFException | SocketException e) {
                keeper.forgetIdle();
                if (!repeatable || keeper.isClosed()) {
                    throw e;
                }
                return on(open(), call);
            }
        } catch (IOException e) {
            // Interrupted, a virtual thread finds its socket closed.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw e;
        } finally {
            room.release();
        }
    }

    /** Closes the connections that wait for a call. */
    public void forgetIdle() {
        keeper.forgetIdle();
    }

    /** Closes all connections; calls under way fail. */
    @Override
    public void close() {
        keeper.close();
    }

    private Connection open() throws IOException {
        if (keeper.isClosed()) {
            throw new IOException("closed");
        }
        return Connection.to(address, settings, tls, keeper);
    }

    private @Nullable Connection rested(@Nullable Connection kept) throws IOException {
        if (kept != null && System.nanoTime() - kept.since() > RESTED.toNanos() && isStale(kept)) {
            keeper.drop(kept);
            keeper.forgetIdle();
            return null;
        }
        return kept;
    }

    private static boolean isStale(Connection kept) {
        try {
            return kept.isStale();
        } catch (IOException e) {
            // Such as an alert that came while it rested.
            return true;
        }
    }

    private HttpAnswer on(Connection connection, HttpCall call) throws IOException {
        ClassicHttpRequest request = request(call);
        keeper.begin(connection, settings.patience());
        boolean reusable = false;
        try {
            HttpCoreContext context = HttpCoreContext.create();
            // It is not closed: that would read on to the end of an answer that may have none.
            ClassicHttpResponse response = executor.execute(request, connection, context);
            HttpAnswer answer = answer(response, call.maxAnswer());
            reusable = executor.keepAlive(request, response, connection, context);
            return answer;
        } catch (HttpException | IllegalArgumentException e) {
            throw new ProtocolException("the answer is not HTTP that can be read");
        } catch (IOException e) {
            throw connection.isOverdue()
                    ? new SocketTimeoutException("the answer was not complete in time")
                    : plain(e);
        } finally {
            if (reusable) {
                keeper.keep(connection);
            } else {
                keeper.drop(connection);
            }
        }
    }

    /** The library's own exceptions may quote the answer. */
    private static IOException plain(IOException e) {
        if (e instanceof NoHttpResponseException
                || e instanceof ConnectionClosedException
                || e instanceof TruncatedChunkException) {
            return new EOFException("the connection ended before the answer");
        }
        return e.getClass().getName().startsWith("org.apache.")
                ? new ProtocolException("the answer is not HTTP that can be read")
                : e;
    }

    private ClassicHttpRequest request(HttpCall call) {
        if (!call.target().chars().allMatch(c -> c > ' ' && c < DELETE)) {
            throw new IllegalArgumentException("the target is not percent-encoded");
        }
        // As it is: read as a URI, a target that begins with two slashes would lose its first step.
        ClassicHttpRequest request =
                new BasicClassicHttpRequest(call.method(), (HttpHost) null, call.target());
        request.addHeader("Host", authority);
        for (HttpField field : call.fields()) {
            request.addHeader(field.name(), field.value());
        }
        if (call.body().length > 0) {
            request.addHeader("Content-Length", call.body().length);
            request.setEntity(new ByteArrayEntity(call.body(), null));
        } else if (!call.method().equals("GET")) {
            request.addHeader("Content-Length", 0);
        }
        return request;
    }

    private static HttpAnswer answer(ClassicHttpResponse response, int maxBytes)
            throws IOException {
        List<HttpField> fields = new ArrayList<>();
        for (Iterator<Header> headers = response.headerIterator(); headers.hasNext(); ) {
            Header header = headers.next();
            if (header.getValue() != null) {
                fields.add(new HttpField(header.getName(), header.getValue()));
            }
        }
        return new HttpAnswer(response.getCode(), fields, content(response.getEntity(), maxBytes));
    }

    private static byte[] content(@Nullable HttpEntity entity, int maxBytes) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        if (entity.getContentLength() > maxBytes) {
            throw new AnswerTooLargeException(maxBytes);
        }
        InputStream content = entity.getContent();
        byte[] body = content.readNBytes(maxBytes);
        if (body.length == maxBytes && content.read() >= 0) {
            throw new AnswerTooLargeException(maxBytes);
        }
        return body;
    }
}

package dev.signet.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A reverse proxy that breaks on request. It speaks plain HTTP/1.1 with its clients on 127.0.0.1,
 * and HTTP/1.1, with or without TLS, with the server behind it. Bodies go through as they come, so
 * that watches work, those over WebSocket too. Nothing but offers of HTTP/2 is changed.
 *
 * <p>Thread-safe. Of several rules that strike, the first that was added does.
 */
public final class FaultProxy implements AutoCloseable {

    private final URI server;
    private final SocketFactory sockets;
    private final List<FaultRule> rules = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<ProxiedRequest> seen = new ConcurrentLinkedQueue<>();
    private final Taps taps = new Taps();
    private final Lines lines;

    private FaultProxy(URI server, SocketFactory sockets) {
        this.server = server;
        this.sockets = sockets;
        this.lines = new Lines(line -> new Exchanges(line).run());
    }

    /**
     * A proxy in front of a server.
     *
     * @param server {@code http} or {@code https}, with a port
     * @param caPem the certificates to trust; empty for a server without TLS
     */
    public static FaultProxy before(URI server, String caPem) {
        return new FaultProxy(
                server,
                server.getScheme().equals("https")
                        ? Pem.trusting(caPem).getSocketFactory()
                        : SocketFactory.getDefault());
    }

    /** A proxy in front of a control plane's API server. */
    public static FaultProxy before(ControlPlane plane) {
        return before(plane.server(), plane.caCertificate());
    }

    /** Where to reach it, as {@code http://127.0.0.1:PORT}. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + lines.port());
    }

    /** A kubeconfig that leads through this proxy, as YAML. */
    public String kubeconfig(String token) {
        return Kubeconfig.plain(address(), token);
    }

    /** Makes a rule hold, and returns it. */
    public FaultRule add(FaultRule rule) {
        rules.add(rule);
        return rule;
    }

    /** Makes every such request meet this fault. */
    public FaultRule add(Predicate<ProxiedRequest> requests, Fault fault) {
        return add(FaultRule.of(requests, fault));
    }

    /** Makes a rule hold no longer. */
    public void remove(FaultRule rule) {
        rules.remove(rule);
    }

    /** Makes no rule hold. */
    public void mend() {
        rules.clear();
    }

    /** How many such requests have come since the start, those that met a fault too. */
    public int count(Predicate<ProxiedRequest> requests) {
        return (int) seen.stream().filter(requests).count();
    }

    /** Begins to look for a text in the bodies that the server sends. */
    public void lookFor(String text) {
        taps.add(text);
    }

    /** In how many packets a text was seen that is looked for; some may have been missed. */
    public int sightings(String text) {
        return taps.count(text);
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

    private Optional<Fault> faultOf(ProxiedRequest request) {
        return rules.stream()
                .filter(rule -> rule.strikes(request))
                .findFirst()
                .map(FaultRule::fault);
    }

    /** The requests of one connection, one after the other. */
    private final class Exchanges {

        private final Line line;
        private final InputStream in;
        private final OutputStream out;
        private @Nullable Socket upstream;
        private InputStream reply = InputStream.nullInputStream();

        Exchanges(Line line) throws IOException {
            this.line = line;
            this.in = new BufferedInputStream(line.client().getInputStream());
            this.out = line.client().getOutputStream();
        }

        void run() throws IOException {
            boolean more = true;
            while (more) {
                Optional<HttpHead> head = HttpHead.read(in);
                line.pass();
                more = head.isPresent() && serve(head.get().withoutHttp2());
            }
        }

        /** Whether the connection can be used again. */
        private boolean serve(HttpHead head) throws IOException {
            String[] parts = head.first().split(" ", 3);
            ProxiedRequest request =
                    new ProxiedRequest(parts[0], parts[1], head.header("x-amz-target"));
            seen.add(request);
            Optional<Fault> fault = faultOf(request);
            switch (fault.orElse(null)) {
                case null -> {}
                case Fault.Answer answer -> {
                    body(head, OutputStream.nullOutputStream());
                    answer(answer, request);
                    return true;
                }
                case Fault.Late late -> sleep(late);
                case Fault.CutBefore _ -> {
                    return false;
                }
                case Fault.Silence _ -> line.hold();
                case Fault.CutAfter _, Fault.CutInside _ -> {}
            }
            Socket to = connected();
            to.getOutputStream().write(head.bytes());
            to.getOutputStream().flush();
            body(head, to.getOutputStream());
            return answered(request, to, fault.orElse(null));
        }

        private boolean answered(ProxiedRequest request, Socket to, @Nullable Fault fault)
                throws IOException {
            HttpHead head = HttpHead.read(reply).orElseThrow(() -> new IOException("no answer"));
            while (head.status() / 100 == 1 && head.status() != 101) {
                write(head);
                head = HttpHead.read(reply).orElseThrow(() -> new IOException("no answer"));
            }
            if (fault instanceof Fault.CutAfter) {
                return false;
            }
            write(head);
            if (fault instanceof Fault.CutInside(int bytes)) {
                line.copy(reply, out, bytes, taps);
                return false;
            }
            if (head.status() == 101) {
                Tunnel.through(line, to, in, reply, taps);
                return false;
            }
            if (request.method().equals("HEAD") || head.status() == 204 || head.status() == 304) {
                return true;
            }
            if (!head.chunked() && head.length() < 0) {
                line.copy(reply, out, taps);
                return false;
            }
            copyBody(head, reply, out);
            return !head.header("connection").equalsIgnoreCase("close");
        }

        private void body(HttpHead head, OutputStream to) throws IOException {
            if (head.chunked() || head.length() > 0) {
                copyBody(head, in, to);
            }
        }

        private void copyBody(HttpHead head, InputStream from, OutputStream to) throws IOException {
            if (!head.chunked()) {
                line.copy(from, to, head.length(), taps);
                return;
            }
            long size = -1;
            while (size != 0) {
                String start = HttpHead.line(from);
                size = Long.parseLong(start.split(";", 2)[0].strip(), 16);
                line.pass();
                to.write((start + "\r\n").getBytes(UTF_8));
                line.copy(from, to, size, taps);
                // The line end after the data, or the trailers, of which there are none.
                to.write((HttpHead.line(from) + "\r\n").getBytes(UTF_8));
                to.flush();
            }
        }

        private void write(HttpHead head) throws IOException {
            line.pass();
            out.write(head.bytes());
            out.flush();
        }

        private void answer(Fault.Answer answer, ProxiedRequest request) throws IOException {
            byte[] body = answer.body().getBytes(UTF_8);
            StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Fault\r\n");
            answer.headers()
                    .forEach((name, value) ->
                            head.append(name).append(": ").append(value).append("\r\n"));
            head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
            line.pass();
            out.write(head.toString().getBytes(UTF_8));
            if (!request.method().equals("HEAD")) {
                out.write(body);
            }
            out.flush();
        }

        private void sleep(Fault.Late late) throws IOException {
            try {
                Thread.sleep(late.by());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            line.pass();
        }

        private Socket connected() throws IOException {
            Socket current = upstream;
            if (current != null && alive(current)) {
                return current;
            }
            Socket socket = sockets.createSocket(server.getHost(), server.getPort());
            socket.setTcpNoDelay(true);
            line.server(socket);
            upstream = socket;
            reply = new BufferedInputStream(socket.getInputStream());
            return socket;
        }

        /** Between two exchanges a server has nothing to say, unless that it has closed. */
        private boolean alive(Socket socket) throws IOException {
            socket.setSoTimeout(1);
            try {
                reply.read();
                return false;
            } catch (SocketTimeoutException silence) {
                socket.setSoTimeout(0);
                return true;
            } catch (IOException closed) {
                return false;
            }
        }
    }
}

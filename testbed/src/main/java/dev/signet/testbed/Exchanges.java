package dev.signet.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The requests of one connection, one after the other. */
final class Exchanges {

    private final Line line;
    private final Upstream server;
    private final Function<ProxiedRequest, Optional<Fault>> faults;
    private final Taps taps;
    private final InputStream in;
    private final OutputStream out;
    private @Nullable Socket upstream;
    private InputStream reply = InputStream.nullInputStream();

    /**
     * @param faults is told of each request, and says which fault it meets
     * @param taps sees what the server sends
     */
    Exchanges(
            Line line, Upstream server, Function<ProxiedRequest, Optional<Fault>> faults, Taps taps)
            throws IOException {
        this.line = line;
        this.server = server;
        this.faults = faults;
        this.taps = taps;
        this.in = new BufferedInputStream(line.client().getInputStream());
        this.out = line.client().getOutputStream();
    }

    /** Returns when the connection cannot be used again, or ends. */
    void run() throws IOException {
        boolean more = true;
        while (more) {
            Optional<HttpHead> head = HttpHead.read(in);
            line.pass();
            more = head.isPresent() && serve(head.get().withoutHttp2());
        }
    }

    private static String accessKey(HttpHead head) {
        String before = "Credential=";
        String authorization = head.header("authorization");
        int start = authorization.indexOf(before);
        return start < 0 ? "" : authorization.substring(start + before.length()).split("/", 2)[0];
    }

    /** Whether the connection can be used again. */
    private boolean serve(HttpHead head) throws IOException {
        String[] parts = head.first().split(" ", 3);
        ProxiedRequest request =
                new ProxiedRequest(
                        parts[0], parts[1], head.header("x-amz-target"), accessKey(head));
        Optional<Fault> fault = faults.apply(request);
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
        Socket socket = server.connect(line);
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

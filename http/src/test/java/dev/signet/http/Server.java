package dev.signet.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of one behaviour, over real sockets; the behaviour writes whatever bytes it likes. */
final class Server implements AutoCloseable {

    /** Answers a request; the connection ends when it returns false. */
    @FunctionalInterface
    interface Behaviour {
        boolean answer(String requestLine, OutputStream out) throws Exception;
    }

    private final ServerSocket listener;
    private final String scheme;
    private final Behaviour behaviour;
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    Server(ServerSocket listener, String scheme, Behaviour behaviour) {
        this.listener = listener;
        this.scheme = scheme;
        this.behaviour = behaviour;
        Thread.ofVirtual().start(this::accept);
    }

    static Server plain(Behaviour behaviour) throws IOException {
        return new Server(
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), "http", behaviour);
    }

    static boolean say(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return true;
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nX-Kind: test\r\n\r\n%s"
                .formatted(body.length(), body);
    }

    URI address(String host) {
        return URI.create(scheme + "://" + host + ":" + listener.getLocalPort());
    }

    int accepted() {
        return accepted.get();
    }

    /** Each request as it came: its line, its fields and its body. */
    List<String> requests() {
        return requests;
    }

    void cutAll() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                accepted.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.ISO_8859_1));
            String request = read(in);
            while (request != null) {
                requests.add(request);
                if (!behaviour.answer(
                        request.lines().findFirst().orElse(""), socket.getOutputStream())) {
                    return;
                }
                request = read(in);
            }
        } catch (Exception e) {
            // The client has gone, or the test has cut the connection.
        }
    }

    private static String read(BufferedReader in) throws IOException {
        StringBuilder request = new StringBuilder();
        int length = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            request.append(line).append('\n');
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
            if (line.isEmpty()) {
                char[] body = new char[length];
                for (int at = 0; at < length; ) {
                    at += in.read(body, at, length - at);
                }
                return request.append(body).toString();
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cutAll();
    }
}

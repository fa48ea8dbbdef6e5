package dev.signet.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that tunnels to one port of this machine, whatever it is asked for. */
final class ConnectProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    ConnectProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    InetSocketAddress address() {
        return new InetSocketAddress("localhost", listener.getLocalPort());
    }

    List<String> asked() {
        return asked;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Thread.ofVirtual().start(() -> tunnel(client));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void tunnel(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            String request = head(client.getInputStream());
            asked.add(request.lines().findFirst().orElse(""));
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            Thread up =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    client.getInputStream().transferTo(server.getOutputStream());
                                    server.shutdownOutput();
                                } catch (IOException e) {
                                    // One of the two has gone.
                                }
                            });
            server.getInputStream().transferTo(client.getOutputStream());
            up.join();
        } catch (IOException | InterruptedException e) {
            // One of the two has gone.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no whole request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}

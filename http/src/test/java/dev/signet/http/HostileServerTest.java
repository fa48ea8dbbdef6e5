package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever may make a store names its server, so an answer may be anything. */
@Timeout(60)
class HostileServerTest {

    private static final Duration SHORT = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String CANARY = "canary-7c1f";

    @Test
    void redirectIsAnAnswerAndNotFollowed() throws Exception {
        try (Server other = Server.plain((_, out) -> Server.say(out, Server.ok("")))) {
            String location = other.address("localhost").toString();
            try (Server server =
                            Server.plain((_, out) ->
                                    Server.say(
                                            out,
                                            "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
                                                    .formatted(location)));
                    Origin origin = origin(server, LONG)) {
                assertThat(origin.send(get()).status()).isEqualTo(302);
                assertThat(other.accepted()).isZero();
            }
        }
    }

    @Test
    void answerThatNeverEndsIsGivenUp() throws Exception {
        refuses(
                "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n",
                CANARY,
                SHORT,
                SocketTimeoutException.class);
    }

    @Test
    void answerInEndlessChunksIsGivenUpAtItsSize() throws Exception {
        refuses(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "b\r\n" + CANARY + "\r\n",
                LONG,
                AnswerTooLargeException.class);
    }

    @Test
    void headerThatDripsIsGivenUp() throws Exception {
        refusesSlowly("HTTP/1.1 200 OK\r\nX-Slow: ", "a", SocketTimeoutException.class);
    }

    @Test
    void contentThatDripsIsGivenUp() throws Exception {
        refusesSlowly(
                "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n",
                "a",
                SocketTimeoutException.class);
    }

    @Test
    void interimAnswersWithoutEndAreGivenUp() throws Exception {
        refusesSlowly("", "HTTP/1.1 102 Processing\r\n\r\n", SocketTimeoutException.class);
    }

    @Test
    void tooManyHeaderFieldsAreRefused() throws Exception {
        refuses(
                "HTTP/1.1 200 OK\r\n",
                "X-Field: " + CANARY + "\r\n",
                LONG,
                ProtocolException.class);
    }

    @Test
    void headerFieldWithoutEndIsRefused() throws Exception {
        refuses("HTTP/1.1 200 OK\r\nX-Long: ", CANARY, LONG, ProtocolException.class);
    }

    @Test
    void foldedHeaderFieldWithoutEndIsRefused() throws Exception {
        refuses(
                "HTTP/1.1 200 OK\r\nX-Long: a\r\n",
                " " + CANARY + "\r\n",
                LONG,
                ProtocolException.class);
    }

    @Test
    void whatIsNoHttpIsRefused() throws Exception {
        refuses(CANARY + "\r\n", CANARY + "\r\n", LONG, ProtocolException.class);
    }

    @Test
    void trailerWithoutEndIsRefused() throws Exception {
        refuses(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
                "X-Field: " + CANARY + "\r\n",
                LONG,
                IOException.class);
    }

    /** Each byte of a record starts the timeout of a socket anew. */
    @Test
    void handshakeThatDripsIsGivenUp() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> dripRecords(listener));
            URI address = URI.create("https://127.0.0.1:" + listener.getLocalPort());
            try (Origin origin =
                    new Origin(
                            address,
                            new OriginSettings(
                                    SHORT, LONG, 1, null, OriginSettings.DIRECT, Reach.ANYWHERE))) {
                assertThatThrownBy(() -> origin.send(get()))
                        .isInstanceOf(ConnectTimeoutException.class);
            }
        }
    }

    private static void dripRecords(ServerSocket listener) {
        try (Socket socket = listener.accept()) {
            OutputStream out = socket.getOutputStream();
            // A record of a handshake, 16 KB long.
            out.write(new byte[] {22, 3, 3, 64, 0});
            while (true) {
                out.write(0);
                out.flush();
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException e) {
            // The client has gone.
        }
    }

    private static void refuses(
            String start, String rest, Duration patience, Class<? extends IOException> how)
            throws Exception {
        try (Server server =
                        Server.plain((_, out) -> {
                            Server.say(out, start);
                            boolean endless = how != SocketTimeoutException.class;
                            while (endless) {
                                Server.say(out, rest);
                            }
                            Thread.sleep(LONG);
                            return false;
                        });
                Origin origin = origin(server, patience)) {
            assertThatThrownBy(() -> origin.send(get()))
                    .isInstanceOf(how)
                    .hasMessageNotContaining(CANARY)
                    .hasNoCause();
        }
    }

    private static void refusesSlowly(String start, String rest, Class<? extends IOException> how)
            throws Exception {
        try (Server server =
                        Server.plain((_, out) -> {
                            Server.say(out, start);
                            while (true) {
                                Server.say(out, rest);
                                Thread.sleep(100);
                            }
                        });
                Origin origin = origin(server, SHORT)) {
            assertThatThrownBy(() -> origin.send(get())).isInstanceOf(how).hasNoCause();
        }
    }

    private static Origin origin(Server server, Duration patience) {
        return new Origin(
                server.address("localhost"),
                new OriginSettings(LONG, patience, 4, null, OriginSettings.DIRECT, Reach.ANYWHERE));
    }

    private static HttpCall get() {
        return new HttpCall("GET", "/", List.of(), new byte[0], 1000);
    }
}

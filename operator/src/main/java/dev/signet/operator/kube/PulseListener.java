package dev.signet.operator.kube;

import java.net.SocketTimeoutException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a ping on a WebSocket from time to time, and gives the socket up as failed when neither the
 * pong nor anything else comes back. While the listener has not asked for more, nothing can come,
 * so that time does not count.
 */
final class PulseListener implements WebSocket.Listener {

    private static final Logger log = LoggerFactory.getLogger(PulseListener.class);

    private final WebSocket.Listener listener;
    private final WatchfulClientFactory.Pulse pulse;
    private final String path;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean asked;
    private volatile long heard;

    PulseListener(WebSocket.Listener listener, WatchfulClientFactory.Pulse pulse, String path) {
        this.listener = listener;
        this.pulse = pulse;
        this.path = path;
    }

    @Override
    public void onOpen(WebSocket socket) {
        listener.onOpen(new Asked(socket));
        Thread.ofVirtual().name("watch-pulse").start(() -> feel(socket));
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        asked = false;
        return listener.onText(new Asked(socket), data, last);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        asked = false;
        return listener.onBinary(new Asked(socket), data, last);
    }

    @Override
    public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        return listener.onPing(new Asked(socket), message);
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        return listener.onPong(new Asked(socket), message);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        return ended.compareAndSet(false, true)
                ? listener.onClose(new Asked(socket), status, reason)
                : CompletableFuture.completedStage(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        if (ended.compareAndSet(false, true)) {
            listener.onError(new Asked(socket), error);
        }
    }

    private void feel(WebSocket socket) {
        try {
            Thread.sleep(pulse.every());
            while (!ended.get() && !socket.isInputClosed()) {
                if (asked && System.nanoTime() - heard > pulse.patience().toNanos()) {
                    giveUp(socket);
                    return;
                }
                // One that cannot be sent is answered by nothing, and that is what counts.
                var _ = socket.sendPing(ByteBuffer.allocate(0));
                Thread.sleep(pulse.every());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveUp(WebSocket socket) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        log.atWarn()
                .addKeyValue("path", path)
                .addKeyValue("silent", pulse.patience())
                .log("a watch is dead; watching anew");
        socket.abort();
        listener.onError(new Asked(socket), new SocketTimeoutException("no answer to pings"));
    }

    /** The socket as the listener sees it, which tells when the listener asks for more. */
    private final class Asked implements WebSocket {

        private final WebSocket socket;

        Asked(WebSocket socket) {
            this.socket = socket;
        }

        @Override
        public void request(long n) {
            heard = System.nanoTime();
            asked = true;
            socket.request(n);
        }

        @Override
        public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
            return socket.sendText(data, last);
        }

        @Override
        public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
            return socket.sendBinary(data, last);
        }

        @Override
        public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
            return socket.sendPing(message);
        }

        @Override
        public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
            return socket.sendPong(message);
        }

        @Override
        public CompletableFuture<WebSocket> sendClose(int status, String reason) {
            return socket.sendClose(status, reason);
        }

        @Override
        public String getSubprotocol() {
            return socket.getSubprotocol();
        }

        @Override
        public boolean isOutputClosed() {
            return socket.isOutputClosed();
        }

        @Override
        public boolean isInputClosed() {
            return socket.isInputClosed();
        }

        @Override
        public void abort() {
            ended.set(true);
            socket.abort();
        }
    }
}

package dev.signet.cli.seal;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Says why a server was not reached. */
final class Connections {

    private Connections() {}

    static String reason(URI address, Throwable failure) {
        String server =
                address.getPort() < 0
                        ? String.valueOf(address.getHost())
                        : address.getHost() + ":" + address.getPort();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            switch (each) {
                case UnresolvedAddressException e -> {
                    return "lookup %s: no such host".formatted(address.getHost());
                }
                case UnknownHostException e -> {
                    return "lookup %s: no such host".formatted(address.getHost());
                }
                case SSLException e -> {
                    return "tls: failed to verify or speak to %s: %s"
                            .formatted(server, String.valueOf(e.getMessage()));
                }
                case HttpConnectTimeoutException e -> {
                    return "dial tcp %s: i/o timeout".formatted(server);
                }
                case HttpTimeoutException e -> {
                    return "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
                }
                default -> {}
            }
        }
        return refused(failure)
                ? "dial tcp %s: connect: connection refused".formatted(server)
                : "the connection to %s failed".formatted(server);
    }

    // One without a reason of its own: all others stand deeper in the chain.
    private static boolean refused(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }
}

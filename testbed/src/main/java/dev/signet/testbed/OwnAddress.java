package dev.signet.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An address of this machine that is not a loopback one, for an API server sends nothing to those.
 * What is sent there stays in the machine, and no rights are needed for it.
 */
final class OwnAddress {

    private OwnAddress() {}

    /**
     * The address at which a server must listen to be reached by a {@link PublishedService}.
     *
     * @throws TestbedException where the machine has none
     */
    static String get() {
        try {
            return best(NetworkInterface.networkInterfaces()
                            .filter(OwnAddress::isUsed)
                            .flatMap(NetworkInterface::inetAddresses)
                            .toList())
                    .orElseThrow(() ->
                            new TestbedException(
                                    "this machine has no address but loopback ones, and an API"
                                            + " server's service proxy does not go to those; give"
                                            + " it one, such as with 'ip link add dummy0 type dummy'"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isUsed(NetworkInterface device) {
        try {
            return device.isUp();
        } catch (IOException gone) {
            return false;
        }
    }

    /** IPv4 before IPv6, for more servers listen there; without those that need a zone. */
    static Optional<String> best(List<InetAddress> addresses) {
        return addresses.stream()
                .filter(address -> !address.isLoopbackAddress())
                .filter(address -> !address.isLinkLocalAddress())
                .filter(address -> !address.isAnyLocalAddress())
                .min(Comparator.comparing(address -> !(address instanceof Inet4Address)))
                .map(InetAddress::getHostAddress);
    }

    /** A port that is free there. */
    static int freePort(String address) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new TestbedException("no free port found on " + address, e);
        }
    }

    /** Address and port as they are written in a URI or a flag. */
    static String withPort(String address, int port) {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }
}

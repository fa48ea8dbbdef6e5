package dev.signet.operator.observe;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where to listen, written as Go programs take it.
 *
 * @param host a name or address, without brackets; empty for all addresses of the machine
 * @param port from 0 (any free one) to 65535; {@link #OFF} to not listen at all
 */
public record BindAddress(String host, int port) {

    /** The port of an address that is turned off. */
    public static final int OFF = -1;

    /** Does not listen. */
    public static final BindAddress DISABLED = new BindAddress("", OFF);

    private static final int MAX_PORT = 65_535;

    /**
     * Checks the port.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public BindAddress {
        if (port < OFF || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
    }

    /**
     * Reads {@code host:port}, {@code :port} or {@code [IPv6]:port}; {@code 0} alone turns it off.
     *
     * @throws IllegalArgumentException with one line that says what is wrong and what is expected
     */
    public static BindAddress parse(String text) {
        if (text.equals("0")) {
            return DISABLED;
        }
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw wrong(text, "has no port");
        }
        return new BindAddress(host(text, colon), port(text, colon));
    }

    private static String host(String text, int colon) {
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]") && host.contains(":")) {
            return host.substring(1, host.length() - 1);
        }
        if (host.contains(":")) {
            throw wrong(text, "has an IPv6 address without brackets");
        }
        if (host.contains("[") || host.contains("]") || host.contains("/") || host.contains(" ")) {
            throw wrong(text, "has a malformed host");
        }
        return host;
    }

    private static int port(String text, int colon) {
        String digits = text.substring(colon + 1);
        if (!digits.isEmpty()
                && digits.length() <= 5
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int port = Integer.parseInt(digits);
            if (port <= MAX_PORT) {
                return port;
            }
        }
        throw wrong(text, "has no port between 0 and 65535");
    }

    private static IllegalArgumentException wrong(String text, String what) {
        return new IllegalArgumentException(
                "address '"
                        + text
                        + "' "
                        + what
                        + "; expected host:port, :port or [IPv6]:port, or 0 to turn it off");
    }

    /** Whether to listen at all. */
    public boolean enabled() {
        return port != OFF;
    }

    /**
     * The address to bind to, its host looked up.
     *
     * @throws UnknownHostException if the host has no address
     */
    public InetSocketAddress resolve() throws UnknownHostException {
        return host.isEmpty()
                ? new InetSocketAddress(port)
                : new InetSocketAddress(InetAddress.getByName(host), port);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        if (!enabled()) {
            return "0";
        }
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}

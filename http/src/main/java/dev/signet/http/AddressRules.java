package dev.signet.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses are this machine's, its link's or its cloud's own, so that nobody but the
 * operator itself has business there. Private networks are none of them: that is where most
 * backends are. Pure.
 *
 * <p>An address of version 6 that carries one of version 4 (mapped, translated, tunnelled) is also
 * judged by what it carries, for some way on from here may take it out again.
 */
final class AddressRules {

    private static final String LOOPBACK = "a loopback address";
    private static final String UNSPECIFIED = "an unspecified address";
    private static final String LINK_LOCAL =
            "a link-local address, where clouds serve their metadata";
    private static final String METADATA = "an address of a cloud's metadata service";
    private static final String MULTICAST = "a multicast address";
    private static final String RESERVED = "a reserved address";

    private AddressRules() {}

    /** What kind of address it is that stores may not reach; empty where they may. */
    static Optional<String> refusal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return Optional.ofNullable(bytes.length == 4 ? four(bytes, 0) : six(bytes));
    }

    private static @Nullable String four(byte[] bytes, int at) {
        int a = bytes[at] & 0xff;
        int b = bytes[at + 1] & 0xff;
        int c = bytes[at + 2] & 0xff;
        int d = bytes[at + 3] & 0xff;
        if (a == 0) {
            return UNSPECIFIED;
        }
        if (a == 127) {
            return LOOPBACK;
        }
        if (a == 169 && b == 254) {
            return LINK_LOCAL;
        }
        // Alibaba Cloud, Azure, Oracle Cloud; all others are link-local.
        if (is(a, b, c, d, 100, 100, 100, 200)
                || is(a, b, c, d, 168, 63, 129, 16)
                || is(a, b, c, d, 192, 0, 0, 192)) {
            return METADATA;
        }
        if (a >= 224 && a < 240) {
            return MULTICAST;
        }
        return a >= 240 ? RESERVED : null;
    }

    private static boolean is(int a, int b, int c, int d, int e, int f, int g, int h) {
        return a == e && b == f && c == g && d == h;
    }

    private static @Nullable String six(byte[] bytes) {
        if (isZero(bytes, 0, 15) && (bytes[15] & 0xff) <= 1) {
            return bytes[15] == 0 ? UNSPECIFIED : LOOPBACK;
        }
        int first = group(bytes, 0);
        if ((first & 0xffc0) == 0xfe80) {
            return LINK_LOCAL;
        }
        if ((first & 0xff00) == 0xff00) {
            return MULTICAST;
        }
        // Amazon, Google and Oracle.
        if ((first == 0xfd00 && group(bytes, 1) == 0x0ec2)
                || starts(bytes, 0xfd20, 0x00ce, 0, 0, 0, 0, 0, 0x0254)
                || starts(bytes, 0xfd00, 0x00c1, 0, 0, 0, 0, 0xa9fe, 0xa9fe)) {
            return METADATA;
        }
        return carried(bytes, first);
    }

    private static @Nullable String carried(byte[] bytes, int first) {
        // ::a.b.c.d, ::ffff:a.b.c.d and ::ffff:0:a.b.c.d
        if (isZero(bytes, 0, 8)
                && (isZero(bytes, 8, 12)
                        || (group(bytes, 4) == 0 && group(bytes, 5) == 0xffff)
                        || (group(bytes, 4) == 0xffff && group(bytes, 5) == 0))) {
            return four(bytes, 12);
        }
        // NAT64, the well-known prefix and the local one (RFC 6052, RFC 8215).
        if (first == 0x0064 && group(bytes, 1) == 0xff9b) {
            // With a prefix of 48 bits the address comes right after it, and nothing at the end.
            return group(bytes, 2) == 1 && isZero(bytes, 11, 16)
                    ? four(new byte[] {bytes[6], bytes[7], bytes[9], bytes[10]}, 0)
                    : four(bytes, 12);
        }
        if (first == 0x2002) {
            return four(bytes, 2);
        }
        // Teredo: the server as it is, the client's address turned over.
        if (first == 0x2001 && group(bytes, 1) == 0) {
            String server = four(bytes, 4);
            return server == null ? four(turned(bytes), 12) : server;
        }
        // ISATAP: an interface's identifier that is made of an address.
        boolean isatap = (group(bytes, 4) & 0xfdff) == 0 && group(bytes, 5) == 0x5efe;
        return isatap ? four(bytes, 12) : null;
    }

    private static byte[] turned(byte[] bytes) {
        byte[] turned = Arrays.copyOf(bytes, bytes.length);
        for (int i = 0; i < turned.length; i++) {
            turned[i] = (byte) ~turned[i];
        }
        return turned;
    }

    private static int group(byte[] bytes, int index) {
        return (bytes[2 * index] & 0xff) << 8 | (bytes[2 * index + 1] & 0xff);
    }

    private static boolean starts(byte[] bytes, int... groups) {
        for (int i = 0; i < groups.length; i++) {
            if (group(bytes, i) != groups[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}

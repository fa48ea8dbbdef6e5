package dev.signet.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Where connections may go. A name is looked up once, what comes out is judged, and the connection
 * goes to the very address that was judged: a name that means something else a moment later gains
 * nothing.
 */
public final class Reach {

    /** To any address; for servers that the operator's own settings or code name. */
    public static final Reach ANYWHERE = new Reach(true, InetAddress::getAllByName);

    /**
     * Not to this machine, its link, or its cloud's metadata; for servers that a store names, whose
     * author may be anybody who may make a store.
     */
    public static final Reach GUARDED = new Reach(false, InetAddress::getAllByName);

    /** Finds the addresses of a name. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    private static final Pattern LOCAL_NAME =
            Pattern.compile("(.+\\.)?localhost\\.?", Pattern.CASE_INSENSITIVE);

    /** As Java reads addresses, and as C does, which knows octal and hexadecimal numbers. */
    private static final List<Function<String, InetAddress>> FORMS =
            List.of(InetAddress::ofLiteral, Inet4Address::ofPosixLiteral);

    private final boolean local;
    private final Lookup lookup;

    Reach(boolean local, Lookup lookup) {
        this.local = local;
        this.lookup = lookup;
    }

    /** For servers that a store names: guarded, unless local endpoints are allowed. */
    public static Reach ofStores(boolean localEndpoints) {
        return localEndpoints ? ANYWHERE : GUARDED;
    }

    /**
     * The address to connect to: the first of the host's that may be reached.
     *
     * @param host a name, or an address in any form
     * @throws AddressRefusedException where none may be reached
     * @throws UnknownHostException where it has none
     */
    InetAddress address(String host) throws UnknownHostException, AddressRefusedException {
        InetAddress[] found = lookup.of(host);
        Optional<String> refusal = Optional.empty();
        for (InetAddress address : found) {
            refusal = local ? Optional.empty() : AddressRules.refusal(address);
            if (refusal.isEmpty()) {
                return address;
            }
        }
        if (refusal.isPresent()) {
            throw new AddressRefusedException(refusal.get());
        }
        throw new UnknownHostException(host);
    }

    /**
     * Judges a host that a proxy is going to look up: all that can be told from here is an address
     * that is written out, and the name of this machine, or rather the proxy's.
     *
     * @throws AddressRefusedException where it may not be reached
     */
    void checkBeforeProxy(String host) throws AddressRefusedException {
        if (local) {
            return;
        }
        if (LOCAL_NAME.matcher(host).matches()) {
            throw new AddressRefusedException("a loopback address");
        }
        for (Function<String, InetAddress> form : FORMS) {
            Optional<String> refusal = written(host, form).flatMap(AddressRules::refusal);
            if (refusal.isPresent()) {
                throw new AddressRefusedException(refusal.get());
            }
        }
    }

    private static Optional<InetAddress> written(String host, Function<String, InetAddress> form) {
        try {
            return Optional.of(form.apply(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}

package dev.signet.provider.azure;

import dev.signet.http.AddressRefusedException;
import dev.signet.http.ConnectTimeoutException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why a request failed, in one line that holds nothing of what was sent or received. */
final class Causes {

    private static final int MAX_DEPTH = 16;
    private static final int MAX_TLS_TEXT = 160;

    private Causes() {}

    /** The first cause of a kind. */
    static <T extends Throwable> Optional<T> of(Throwable e, Class<T> kind) {
        Throwable cause = e;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (kind.isInstance(cause)) {
                return Optional.of(kind.cast(cause));
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** Whether what failed is the way to the server, and not the reading of what it says. */
    static boolean isOfTheTransport(Throwable e) {
        // A parser's exceptions are those of the network by their type, and not by their package.
        return of(e, IOException.class)
                .filter(cause ->
                        cause instanceof BoundedAnswer.OversizeException
                                || cause.getClass().getName().startsWith("java")
                                || cause.getClass().getName().startsWith("dev.signet.http."))
                .isPresent();
    }

    /** What kind of defect it is; its own text may hold a part of an answer. */
    static String kind(Throwable e) {
        Throwable deepest = e;
        for (int depth = 0; deepest.getCause() != null && depth < MAX_DEPTH; depth++) {
            deepest = deepest.getCause();
        }
        return deepest.getClass().getSimpleName();
    }

    static String reason(Throwable e) {
        if (is(e, UnknownHostException.class)) {
            return "its host name does not resolve";
        }
        if (is(e, ConnectTimeoutException.class)) {
            return "no connection within %d s".formatted(Http.CONNECT_TIMEOUT.toSeconds());
        }
        Optional<AddressRefusedException> refused = of(e, AddressRefusedException.class);
        if (refused.isPresent()) {
            return String.valueOf(refused.get().getMessage());
        }
        Optional<SSLException> tls = of(e, SSLException.class);
        if (tls.isPresent()) {
            return "TLS failed: " + tlsReason(tls.get());
        }
        if (is(e, ConnectException.class)) {
            return "connection refused";
        }
        if (is(e, TimeoutException.class) || is(e, SocketTimeoutException.class)) {
            return "no whole answer in time";
        }
        if (is(e, BoundedAnswer.OversizeException.class)) {
            return "its answer is larger than %d MiB".formatted(BoundedAnswer.MAX_BYTES >> 20);
        }
        if (is(e, EOFException.class)) {
            return "the connection ended before the answer";
        }
        return "the connection broke before the answer was complete";
    }

    /** What TLS says speaks of certificates and protocols alone. */
    private static String tlsReason(SSLException e) {
        Throwable deepest = e;
        for (int depth = 0; deepest.getCause() != null && depth < MAX_DEPTH; depth++) {
            deepest = deepest.getCause();
        }
        String text = String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
        if (text.contains("unable to find valid certification path")) {
            return "its certificate is not signed by a CA that the operator trusts";
        }
        return text.length() <= MAX_TLS_TEXT ? text : text.substring(0, MAX_TLS_TEXT);
    }

    private static boolean is(Throwable e, Class<? extends Throwable> kind) {
        return of(e, kind).isPresent();
    }
}

package dev.signet.provider.aws;

import dev.signet.http.AddressRefusedException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why a request failed, in one line that holds nothing of what was sent or received. */
final class Causes {

    private static final int MAX_DEPTH = 16;

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

    static String reason(Throwable e) {
        if (is(e, UnknownHostException.class)) {
            return "its host name does not resolve; is the region right?";
        }
        Optional<AddressRefusedException> refused = of(e, AddressRefusedException.class);
        if (refused.isPresent()) {
            return String.valueOf(refused.get().getMessage());
        }
        if (is(e, SSLException.class)) {
            return "TLS failed";
        }
        if (is(e, ConnectException.class)) {
            return "connection refused";
        }
        if (is(e, SocketTimeoutException.class)) {
            return "no answer in time";
        }
        return "the connection broke before the answer was complete";
    }

    private static boolean is(Throwable e, Class<? extends Throwable> kind) {
        return of(e, kind).isPresent();
    }
}

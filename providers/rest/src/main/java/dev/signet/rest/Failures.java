package dev.signet.rest;

import dev.signet.http.AddressRefusedException;
import dev.signet.http.ConnectTimeoutException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a call failed, in one line that holds nothing of what was sent or received. */
final class Failures {

    private static final int MAX_DEPTH = 16;
    private static final int MAX_TLS_TEXT = 160;

    private Failures() {}

    /** In words. */
    static String reason(IOException e) {
        SSLException tls = tls(e);
        if (tls != null) {
            return "TLS failed: " + tlsReason(tls);
        }
        return switch (e) {
            case UnknownHostException none -> "its host name does not resolve";
            case ConnectTimeoutException none -> "no connection in time";
            case SocketTimeoutException none -> "no answer in time";
            case AddressRefusedException refused -> String.valueOf(refused.getMessage());
            case ConnectException none -> "connection refused";
            case ProtocolException none -> "its answer is not HTTP that can be read";
            case EOFException none -> "the connection ended before the answer";
            default -> "the connection broke before the answer was complete";
        };
    }

    /** The failure of TLS that this one is, or comes from; null without one. */
    static @Nullable SSLException tls(IOException e) {
        Throwable cause = e;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof SSLException tls) {
                return tls;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** What TLS says speaks of certificates and protocols alone. */
    private static String tlsReason(SSLException e) {
        Throwable deepest = e;
        for (int depth = 0; deepest.getCause() != null && depth < MAX_DEPTH; depth++) {
            deepest = deepest.getCause();
        }
        String text = String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
        if (text.contains("unable to find valid certification path")) {
            return "its certificate is not signed by a CA that this store trusts"
                    + " (set caBundle or caProvider)";
        }
        return text.length() <= MAX_TLS_TEXT ? text : text.substring(0, MAX_TLS_TEXT);
    }
}

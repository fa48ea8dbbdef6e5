package dev.signet.operator.observe;

import java.io.IOException;
import java.net.UnknownHostException;

/**
 * An address cannot be listened on. The message is one line: which flag, which address, what to do.
 */
public final class AddressUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private AddressUnavailableException(String message, IOException cause) {
        super(message, cause);
    }

    /** Of the flag that gave the address, such as {@code --metrics-addr}, and the failure. */
    public static AddressUnavailableException of(
            String flag, BindAddress address, IOException cause) {
        String off = flag + "=0 turns it off";
        String reason = String.valueOf(cause.getMessage());
        String told;
        if (cause instanceof UnknownHostException) {
            told = "the host is not known; name one of this machine's addresses, or none for all";
        } else if (reason.contains("in use")) {
            told = "the port is in use; end what listens there or choose another port";
        } else if (reason.contains("ermission")) {
            told = "not permitted; choose a port above 1023";
        } else if (reason.contains("assign")) {
            told = "not an address of this machine; name one that is, or none for all";
        } else {
            told = reason;
        }
        return new AddressUnavailableException(
                "cannot listen on " + address + " (" + flag + "): " + told + "; " + off, cause);
    }
}

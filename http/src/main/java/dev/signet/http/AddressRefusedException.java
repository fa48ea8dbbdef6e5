package dev.signet.http;

import java.net.ConnectException;

/**
 * A host is at an address that may not be reached. Nothing was sent there; the message says of what
 * kind the address is, and not which.
 */
public final class AddressRefusedException extends ConnectException {

    private static final long serialVersionUID = 1L;

    AddressRefusedException(String kind) {
        super("its host is at %s, which the operator does not let stores reach".formatted(kind));
    }
}

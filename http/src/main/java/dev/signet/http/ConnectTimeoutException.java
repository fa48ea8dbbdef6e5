package dev.signet.http;

import java.net.SocketTimeoutException;

/** Nobody answered at the address in the time that a connection may take. */
public final class ConnectTimeoutException extends SocketTimeoutException {

    private static final long serialVersionUID = 1L;

    ConnectTimeoutException() {
        super("no connection in time");
    }
}

package dev.signet.rest;

import java.io.IOException;

/** A text that is larger, or nested deeper, than its reader allows. */
public final class TooMuchJsonException extends IOException {

    private static final long serialVersionUID = 1L;

    TooMuchJsonException() {
        super("more JSON than is read");
    }
}

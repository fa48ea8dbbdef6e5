package dev.signet.rest;

import dev.signet.http.Origin;

/** The other end of a {@link Wire}: a server, and what is needed to be heard there. */
public interface End {

    /** Whom to call. */
    Origin origin();

    /** How messages name the server, with its address. */
    String server();
}

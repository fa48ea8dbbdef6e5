package dev.signet.provider.webhook;

import dev.signet.http.Origin;
import dev.signet.rest.End;
import java.net.URI;

/**
 * The server of a webhook.
 *
 * @param address scheme, host and port
 */
record Endpoint(URI address, Origin origin) implements End {

    /** Without path and query, which may hold a credential. */
    @Override
    public String server() {
        return "the webhook at " + address;
    }
}

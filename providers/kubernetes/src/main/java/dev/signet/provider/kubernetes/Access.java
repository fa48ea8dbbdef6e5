package dev.signet.provider.kubernetes;

import dev.signet.api.store.KubernetesProvider;
import dev.signet.api.store.KubernetesServer;
import dev.signet.http.HttpField;
import dev.signet.http.Origin;
import dev.signet.provider.StoreContext;
import dev.signet.rest.End;
import dev.signet.rest.TlsMaterial;
import dev.signet.rest.Wire;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Where the API server is, and what a session shows there. */
final class Access implements End {

    /** A read takes milliseconds; an API server in trouble, seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** How long a refusal of a fresh credential is believed. */
    private static final Duration BELIEVED = Duration.ofSeconds(5);

    private final URI api;
    private final String token;
    private final Instant renewAt;
    private final Origin origin;
    private volatile Instant believedUntil = Instant.MIN;

    /**
     * @param token the bearer token; empty for none
     * @param renewAt when another one shall be got
     */
    Access(URI api, TlsMaterial tls, String token, Instant renewAt, StoreContext context)
            throws GeneralSecurityException {
        this.api = api;
        this.token = token;
        this.renewAt = renewAt;
        this.origin = Wire.origin(api, PATIENCE, tls, context);
    }

    /** The {@code server} of a spec, with its defaults where it is absent. */
    static KubernetesServer server(KubernetesProvider spec) {
        return spec.server() == null ? new KubernetesServer("", "", null) : spec.server();
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public String server() {
        return "the API server at " + api;
    }

    /** The path in front of the API, without a slash at its end. */
    String path() {
        return api.getRawPath();
    }

    /**
     * The header fields that say who is asking.
     *
     * @throws IllegalArgumentException where the token is none that HTTP can carry; the message
     *     does not quote it
     */
    List<HttpField> credentials() {
        return token.isEmpty()
                ? List.of()
                : List.of(new HttpField("Authorization", "Bearer " + token));
    }

    /** Whether the other shows the same token. */
    boolean showsSameToken(Access other) {
        return !token.isEmpty() && token.equals(other.token);
    }

    boolean due(Instant now) {
        return !now.isBefore(renewAt);
    }

    /** The server refused what was read a moment before. */
    void refusedAt(Instant now) {
        believedUntil = now.plus(BELIEVED);
    }

    /** Whether there is no point in reading the credential anew. */
    boolean isRefused(Instant now) {
        return now.isBefore(believedUntil);
    }

    /** The address alone. */
    @Override
    public String toString() {
        return "Access[" + api + "]";
    }
}

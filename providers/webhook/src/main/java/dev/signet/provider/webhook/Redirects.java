package dev.signet.provider.webhook;

import dev.signet.http.HttpAnswer;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Found;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Follows redirects of a GET within its server; to another, they would carry its credentials. */
final class Redirects {

    private static final int MOST = 3;
    private static final int DEFAULT_HTTP = 80;
    private static final int DEFAULT_HTTPS = 443;

    /** Makes a request. */
    @FunctionalInterface
    interface Sending {
        ReadOutcome<HttpAnswer> send(Request request) throws InterruptedException;
    }

    private final URI server;

    Redirects(URI server) {
        this.server = server;
    }

    /** The first answer that is no redirect, or one that is not to be followed. */
    ReadOutcome<HttpAnswer> follow(Request first, Sending sending) throws InterruptedException {
        Request request = first;
        ReadOutcome<HttpAnswer> outcome = sending.send(request);
        for (int i = 0; i < MOST && outcome instanceof Found<HttpAnswer>(HttpAnswer answer); i++) {
            Optional<String> target = target(request, answer);
            if (target.isEmpty()) {
                return outcome;
            }
            request = request.at(target.get());
            outcome = sending.send(request);
        }
        return outcome;
    }

    private Optional<String> target(Request request, HttpAnswer answer) {
        boolean redirect =
                switch (answer.status()) {
                    case 301, 302, 303, 307, 308 -> true;
                    default -> false;
                };
        Optional<String> location = answer.field("Location");
        if (!redirect || location.isEmpty() || !request.canBeRedirected()) {
            return Optional.empty();
        }
        try {
            URI next =
                    new URI(server + request.target().replace("[", "%5B").replace("]", "%5D"))
                            .resolve(new URI(location.get()));
            String path = next.getRawPath();
            return isSameServer(next) && path != null
                    ? Optional.of(
                            (path.startsWith("/") ? path : "/" + path)
                                    + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery()))
                    : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private boolean isSameServer(URI next) {
        return server.getScheme().equalsIgnoreCase(next.getScheme())
                && server.getHost().equalsIgnoreCase(next.getHost())
                && next.getRawUserInfo() == null
                && port(server) == port(next);
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equalsIgnoreCase(address.getScheme()) ? DEFAULT_HTTPS : DEFAULT_HTTP;
    }
}

package dev.signet.provider.aws;

import dev.signet.http.Reach;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What of this process's environment matters here: other endpoints than the public ones, and
 * whether there is a service that hands out an identity.
 *
 * @param endpoints by service, where they are not the public ones
 * @param hasIdentityService whether this process is said to have an identity of its own, so that
 *     credentials that cannot be had now may be had later
 */
record Surroundings(Map<Service, URI> endpoints, boolean hasIdentityService) {

    Surroundings {
        endpoints = Map.copyOf(endpoints);
    }

    /**
     * Those of this process: its environment variables, and for endpoints system properties of the
     * same names in their place, so that a program can set them for itself.
     */
    static Surroundings here() {
        Map<String, String> all = new HashMap<>(System.getenv());
        for (Service service : Service.values()) {
            String property = System.getProperty(service.endpointVariable());
            if (property != null) {
                all.put(service.endpointVariable(), property);
            }
        }
        return of(all);
    }

    /** As these variables say. One that holds no URL counts as not set. */
    static Surroundings of(Map<String, String> env) {
        Map<Service, URI> endpoints = new HashMap<>();
        for (Service service : Service.values()) {
            url(env.getOrDefault(service.endpointVariable(), ""))
                    .ifPresent(url -> endpoints.put(service, url));
        }
        return new Surroundings(
                endpoints,
                env.containsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI")
                        || env.containsKey("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
                        || env.containsKey("AWS_WEB_IDENTITY_TOKEN_FILE"));
    }

    /** The endpoint to use in the place of the public one. */
    Optional<URI> endpoint(Service service) {
        return Optional.ofNullable(endpoints.get(service));
    }

    /** To which addresses a host may lead: to any if this process's environment names it. */
    Reach reach(URI host) {
        return endpoints.values().stream()
                        .anyMatch(endpoint ->
                                host.getHost().equalsIgnoreCase(endpoint.getHost())
                                        && host.getPort() == endpoint.getPort())
                ? Reach.ANYWHERE
                : Reach.GUARDED;
    }

    private static Optional<URI> url(String text) {
        try {
            URI url = new URI(text.strip());
            return url.isAbsolute() && url.getHost() != null ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}

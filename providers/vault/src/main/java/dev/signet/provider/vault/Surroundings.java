package dev.signet.provider.vault;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/**
 * What of this process's environment a login may use: where clouds are reached, and the identity
 * that they gave this process. It is read and never written.
 *
 * @param variables of the environment
 * @param googleSts where Google exchanges tokens
 * @param googleIam where Google signs for an account
 */
record Surroundings(Map<String, String> variables, URI googleSts, URI googleIam) {

    private static final URI GOOGLE_STS = URI.create("https://sts.googleapis.com");
    private static final URI GOOGLE_IAM = URI.create("https://iamcredentials.googleapis.com");

    Surroundings {
        variables = Map.copyOf(variables);
    }

    /** With the public addresses of Google. */
    static Surroundings of(Map<String, String> variables) {
        return new Surroundings(variables, GOOGLE_STS, GOOGLE_IAM);
    }

    /** A variable that is set to something. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** A variable that holds a URL with a host. */
    Optional<URI> url(String name) {
        return variable(name).flatMap(Surroundings::parsed);
    }

    /** Google's metadata server. */
    URI googleMetadata() {
        return variable("GCE_METADATA_HOST")
                .flatMap(host -> parsed("http://" + host))
                .orElse(URI.create("http://metadata.google.internal"));
    }

    private static Optional<URI> parsed(String text) {
        try {
            URI url = new URI(text);
            return url.getHost() == null ? Optional.empty() : Optional.of(url);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}

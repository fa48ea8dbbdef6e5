package dev.signet.provider.vault;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** The {@code server} field: the address of a Vault, with or without a path in front of its API. */
final class ServerUrl {

    private ServerUrl() {}

    /** What is wrong with the field; empty when it can be used. */
    static Optional<String> problem(String server) {
        try {
            parsed(server);
            return Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.of(
                    "spec.provider.vault.server is not an address such as https://vault.example.com:8200");
        }
    }

    /** The root of the API, which ends in {@code /v1}, for a server that has no problem. */
    static URI api(String server) {
        try {
            URI uri = parsed(server);
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            return new URI(
                    uri.getScheme().toLowerCase(Locale.ROOT)
                            + "://"
                            + uri.getRawAuthority()
                            + path.replaceAll("/+$", "")
                            + "/v1");
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not the address of a server", e);
        }
    }

    /** The address as users gave it. */
    static String shown(URI api) {
        String text = api.toString();
        return text.substring(0, text.length() - "/v1".length());
    }

    private static URI parsed(String server) throws URISyntaxException {
        URI uri = new URI(server.strip());
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean usable =
                (scheme.equals("https") || scheme.equals("http"))
                        && uri.getHost() != null
                        && uri.getRawUserInfo() == null
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null;
        if (!usable) {
            throw new URISyntaxException(server, "no plain http or https address");
        }
        return uri;
    }
}

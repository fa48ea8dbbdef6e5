package dev.signet.provider.kubernetes;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The address of an API server, with or without a path in front of its API. */
final class ServerUrl {

    private ServerUrl() {}

    /**
     * The address; one without a scheme, such as {@code kubernetes.default}, is meant with TLS.
     *
     * @throws URISyntaxException where it is not the address of a server
     */
    static URI parse(String text) throws URISyntaxException {
        String stripped = text.strip();
        URI uri = new URI(stripped.contains("://") ? stripped : "https://" + stripped);
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean usable =
                (scheme.equals("https") || scheme.equals("http"))
                        && uri.getHost() != null
                        && uri.getRawUserInfo() == null
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null;
        if (!usable) {
            throw new URISyntaxException("", "no plain http or https address");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        return new URI(scheme + "://" + uri.getRawAuthority() + path);
    }

    /** Whether it is the address of a server. */
    static boolean isOne(String text) {
        try {
            parse(text);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}

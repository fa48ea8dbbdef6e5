package dev.signet.cli.seal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Picks the proxy that the environment names: {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code
 * NO_PROXY}, in upper or lower case. This machine is never reached through one.
 */
final class ProxyEnvironment extends ProxySelector {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final Map<String, String> environment;

    ProxyEnvironment(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public List<Proxy> select(URI address) {
        boolean tls = "https".equalsIgnoreCase(address.getScheme());
        String proxy = variable(tls ? "HTTPS_PROXY" : "HTTP_PROXY");
        if (proxy.isEmpty() || excepted(address, tls)) {
            return List.of(Proxy.NO_PROXY);
        }
        URI at = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
        int port =
                at.getPort() < 0 ? ("https".equals(at.getScheme()) ? HTTPS : HTTP) : at.getPort();
        return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(at.getHost(), port)));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
        // The request fails with it.
    }

    private boolean excepted(URI address, boolean tls) {
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
            return true;
        }
        int port = address.getPort() < 0 ? (tls ? HTTPS : HTTP) : address.getPort();
        for (String word : List.of(variable("NO_PROXY").split(",", -1))) {
            String rule = word.strip().toLowerCase(Locale.ROOT);
            if (!rule.isEmpty() && covers(rule, host, port)) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(String rule, String host, int port) {
        if (rule.equals("*")) {
            return true;
        }
        String name = rule;
        int colon = rule.lastIndexOf(':');
        if (colon > 0 && rule.indexOf(':') == colon) {
            if (!rule.substring(colon + 1).equals(Integer.toString(port))) {
                return false;
            }
            name = rule.substring(0, colon);
        }
        if (name.startsWith("*.")) {
            name = name.substring(1);
        }
        return name.startsWith(".")
                ? host.endsWith(name)
                : host.equals(name) || host.endsWith("." + name);
    }

    private String variable(String name) {
        String upper = environment.getOrDefault(name, "");
        return upper.isEmpty()
                ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "")
                : upper;
    }

    /** Names no proxy: an address may hold a password. */
    @Override
    public String toString() {
        return "proxies of the environment";
    }
}

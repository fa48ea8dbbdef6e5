package dev.signet.provider.kubernetes;

import dev.signet.rest.Pem;
import dev.signet.rest.Tls;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;

/**
 * What a kubeconfig says of its current context.
 *
 * <p>Whoever may write the Secret that holds it is not thereby allowed to run programs in the
 * operator's pod, or to read its files: a kubeconfig that asks for either is refused, as is one
 * that would have the server's certificate not checked. Nothing of a value is ever quoted.
 *
 * @param token the bearer token; empty for none
 */
record Kubeconfig(
        URI server,
        @Nullable Pem trust,
        @Nullable Pem certificate,
        @Nullable Pem key,
        String token) {

    private static final int MAX_CHARACTERS = 1 << 20;
    private static final int MAX_ALIASES = 10;
    private static final int MAX_DEPTH = 20;
    private static final String NAME = "the kubeconfig";

    /** What asks for a program, a file of the operator, or less than a check of the server. */
    private static final List<String> REFUSED_OF_USER =
            List.of(
                    "exec",
                    "auth-provider",
                    "tokenFile",
                    "client-certificate",
                    "client-key",
                    "username",
                    "password",
                    "as",
                    "as-uid",
                    "as-groups",
                    "as-user-extra");

    private static final List<String> REFUSED_OF_CLUSTER =
            List.of("certificate-authority", "proxy-url", "tls-server-name");

    /**
     * Reads a kubeconfig.
     *
     * @throws GeneralSecurityException where it is none, lacks something or asks for what it may
     *     not have; the message may be shown
     */
    static Kubeconfig parse(String text) throws GeneralSecurityException {
        Map<?, ?> root = root(text);
        String current = text(root, "current-context");
        if (current.isEmpty()) {
            throw new GeneralSecurityException(NAME + " has no current-context");
        }
        Map<?, ?> context = named(root, "contexts", current, "context");
        Map<?, ?> cluster = named(root, "clusters", text(context, "cluster"), "cluster");
        Map<?, ?> user = named(root, "users", text(context, "user"), "user");
        refuse(user, REFUSED_OF_USER, "user");
        refuse(cluster, REFUSED_OF_CLUSTER, "cluster");
        if (Boolean.TRUE.equals(cluster.get("insecure-skip-tls-verify"))) {
            throw new GeneralSecurityException(
                    NAME
                            + " says insecure-skip-tls-verify, which is not allowed; give certificate-authority-data");
        }
        Kubeconfig config =
                new Kubeconfig(
                        server(cluster),
                        pem(cluster, "certificate-authority-data"),
                        pem(user, "client-certificate-data"),
                        pem(user, "client-key-data"),
                        text(user, "token").strip());
        if ((config.certificate == null) != (config.key == null)) {
            throw new GeneralSecurityException(
                    NAME + " needs both client-certificate-data and client-key-data");
        }
        if (config.certificate == null && config.token.isEmpty()) {
            throw new GeneralSecurityException(
                    NAME + " has neither token nor client-certificate-data for its current user");
        }
        return config;
    }

    private static Map<?, ?> root(String text) throws GeneralSecurityException {
        LoadSettings settings =
                LoadSettings.builder()
                        .setCodePointLimit(MAX_CHARACTERS)
                        .setMaxAliasesForCollections(MAX_ALIASES)
                        .setAllowRecursiveKeys(false)
                        .setAllowDuplicateKeys(false)
                        .build();
        Object root = null;
        try {
            checkDepth(text, settings);
            root = new Load(settings).loadFromString(text);
        } catch (RuntimeException e) {
            // The parser's message quotes the text.
        }
        if (!(root instanceof Map<?, ?> map)) {
            throw new GeneralSecurityException(NAME + " cannot be read as YAML");
        }
        return map;
    }

    /** The parser of events keeps its state on the heap; what builds a tree of them recurses. */
    private static void checkDepth(String text, LoadSettings settings) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            switch (event.getEventId()) {
                case SequenceStart, MappingStart -> depth++;
                case SequenceEnd, MappingEnd -> depth--;
                default -> {
                    // Scalars and the like do not nest.
                }
            }
            if (depth > MAX_DEPTH) {
                throw new IllegalArgumentException("too deep");
            }
        }
    }

    private static Map<?, ?> named(Map<?, ?> root, String list, String name, String content)
            throws GeneralSecurityException {
        if (root.get(list) instanceof List<?> entries) {
            for (Object entry : entries) {
                if (entry instanceof Map<?, ?> map
                        && name.equals(map.get("name"))
                        && map.get(content) instanceof Map<?, ?> found) {
                    return found;
                }
            }
        }
        throw new GeneralSecurityException(
                "%s has no entry among its %s that its current context names"
                        .formatted(NAME, list));
    }

    private static void refuse(Map<?, ?> entry, List<String> fields, String kind)
            throws GeneralSecurityException {
        for (String field : fields) {
            if (entry.get(field) != null) {
                throw new GeneralSecurityException(
                        "%s asks for %s in its %s, which is not allowed: no programs, files, proxies, passwords or impersonation; give token, or client-certificate-data with client-key-data, and certificate-authority-data"
                                .formatted(NAME, field, kind));
            }
        }
    }

    private static URI server(Map<?, ?> cluster) throws GeneralSecurityException {
        String server = text(cluster, "server");
        try {
            if (!server.isEmpty()) {
                return ServerUrl.parse(server);
            }
        } catch (URISyntaxException e) {
            // Told below, without the text.
        }
        throw new GeneralSecurityException(
                NAME + " has no server that is an http or https address");
    }

    private static @Nullable Pem pem(Map<?, ?> entry, String field)
            throws GeneralSecurityException {
        String base64 = text(entry, field);
        String name = field + " of " + NAME;
        return base64.isEmpty() ? null : new Pem(name, Tls.decoded(base64, name));
    }

    private static String text(Map<?, ?> entry, String field) {
        return entry.get(field) instanceof String text ? text : "";
    }

    /** The address alone. */
    @Override
    public String toString() {
        return "Kubeconfig[" + server + "]";
    }
}

package dev.signet.cli.seal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.cli.manifest.GoText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which cluster a command is about, and as whom: kubeconfig, overridden by flags. Nothing is read
 * before it is asked for, for a seal with a certificate needs no cluster.
 */
final class ClusterSettings {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String NOTHING =
            "no configuration has been provided, try setting KUBERNETES_MASTER environment variable";
    private static final List<String> CLUSTER_FLAGS =
            List.of("server", "certificate-authority", "tls-server-name", "proxy-url");
    private static final List<String> USER_FLAGS =
            List.of("token", "username", "password", "client-certificate", "client-key", "as");

    private final FlagValues flags;
    private final Map<String, String> environment;

    ClusterSettings(FlagValues flags, Map<String, String> environment) {
        this.flags = flags;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Cluster and user as they are after all overrides.
     *
     * @param cluster as in a kubeconfig
     * @param user as in a kubeconfig
     * @param namespace of the context; empty for none
     */
    record Chosen(ObjectNode cluster, ObjectNode user, String namespace) {

        /** Nothing of it: it may hold credentials. */
        @Override
        public String toString() {
            return "a cluster and a user";
        }
    }

    /** The namespace that the command line names; empty for none. */
    String explicitNamespace() {
        return flags.text(SealFlags.NAMESPACE);
    }

    /**
     * The namespace that is meant where an object names none.
     *
     * @throws SealException where no cluster is chosen
     */
    String namespace() throws SealException {
        if (!explicitNamespace().isEmpty()) {
            return explicitNamespace();
        }
        Kubeconfigs kubeconfigs = Kubeconfigs.load(flags.text("kubeconfig"), environment);
        Chosen chosen = choose(kubeconfigs);
        if (InCluster.possible(environment)
                && (chosen.cluster().isEmpty() || chosen.namespace().isEmpty())) {
            return InCluster.namespace(environment);
        }
        confirm(chosen, kubeconfigs);
        return chosen.namespace().isEmpty() ? "default" : chosen.namespace();
    }

    /**
     * How the API server is reached.
     *
     * @throws SealException with kubectl's words where that cannot be told
     */
    Chosen cluster() throws SealException {
        Kubeconfigs kubeconfigs = Kubeconfigs.load(flags.text("kubeconfig"), environment);
        require("user", "auth info", kubeconfigs.users());
        require("context", "context", kubeconfigs.contexts());
        require("cluster", "cluster", kubeconfigs.clusters());
        Chosen chosen = choose(kubeconfigs);
        if (chosen.cluster().isEmpty() && InCluster.possible(environment)) {
            return InCluster.chosen(environment, chosen.user());
        }
        confirm(chosen, kubeconfigs);
        return chosen;
    }

    private void require(String flag, String what, ObjectNode entries) throws SealException {
        String name = flags.text(flag);
        if (!name.isEmpty() && !entries.has(name)) {
            throw new SealException("%s %s does not exist".formatted(what, GoText.quoted(name)));
        }
    }

    private String contextName(Kubeconfigs kubeconfigs) {
        return flags.text("context").isEmpty()
                ? kubeconfigs.currentContext()
                : flags.text("context");
    }

    private Chosen choose(Kubeconfigs kubeconfigs) {
        JsonNode context = kubeconfigs.contexts().path(contextName(kubeconfigs));
        ObjectNode cluster = entry(kubeconfigs.clusters(), "cluster", context);
        ObjectNode user = entry(kubeconfigs.users(), "user", context);
        overrideCluster(cluster);
        overrideUser(user);
        return new Chosen(cluster, user, context.path("namespace").asText(""));
    }

    private ObjectNode entry(ObjectNode entries, String flag, JsonNode context) {
        String name = flags.text(flag).isEmpty() ? context.path(flag).asText("") : flags.text(flag);
        return entries.get(name) instanceof ObjectNode entry
                ? entry.deepCopy()
                : NODES.objectNode();
    }

    private void overrideCluster(ObjectNode cluster) {
        boolean trustsAll = flags.on("insecure-skip-tls-verify");
        boolean authority = flags.given("certificate-authority").isPresent();
        if (trustsAll || authority) {
            cluster.remove(
                    List.of(
                            "certificate-authority",
                            "certificate-authority-data",
                            "insecure-skip-tls-verify"));
        }
        if (!flags.text("server").isEmpty()) {
            cluster.remove("tls-server-name");
        }
        CLUSTER_FLAGS.forEach(flag -> put(cluster, flag));
        if (trustsAll) {
            cluster.put("insecure-skip-tls-verify", true);
        }
    }

    private void overrideUser(ObjectNode user) {
        if (!flags.text("client-key").isEmpty()) {
            user.remove("client-key-data");
        }
        if (!flags.text("client-certificate").isEmpty()) {
            user.remove("client-certificate-data");
        }
        USER_FLAGS.forEach(flag -> put(user, flag));
        if (!flags.text("as-uid").isEmpty()) {
            user.put("as-uid", flags.text("as-uid"));
        }
        if (!flags.all("as-group").isEmpty()) {
            ArrayNode groups = user.putArray("as-groups");
            flags.all("as-group").forEach(groups::add);
        }
    }

    private void put(ObjectNode entry, String flag) {
        if (!flags.text(flag).isEmpty()) {
            entry.put(flag, flags.text(flag));
        }
    }

    private void confirm(Chosen chosen, Kubeconfigs kubeconfigs) throws SealException {
        List<String> problems = new ArrayList<>();
        String context = contextName(kubeconfigs);
        if (!context.isEmpty() && !kubeconfigs.contexts().has(context)) {
            problems.add("context was not found for specified context: " + context);
        }
        confirmUser(chosen.user(), problems);
        if (chosen.cluster().isEmpty()) {
            problems.add(problems.isEmpty() ? NOTHING : "cluster has no server defined");
        } else if (chosen.cluster().path("server").asText("").isEmpty()) {
            problems.add("default cluster has no server defined");
        }
        String authority = chosen.cluster().path("certificate-authority").asText("");
        if (!authority.isEmpty() && !Files.isReadable(Path.of(authority))) {
            problems.add(unreadable("certificate-authority", authority));
        }
        if (!problems.isEmpty()) {
            throw new SealException(
                    "invalid configuration: "
                            + (problems.size() == 1
                                    ? problems.getFirst()
                                    : "[" + String.join(", ", problems) + "]"));
        }
    }

    private static void confirmUser(ObjectNode user, List<String> problems) {
        if (user.has("token") && (user.has("username") || user.has("password"))) {
            problems.add(
                    "more than one authentication method found for the user; found [token basicAuth], only one is allowed");
        }
        for (String field : List.of("client-certificate", "client-key")) {
            String file = user.path(field).asText("");
            if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
                problems.add(unreadable(field.replace("certificate", "cert"), file));
            }
        }
        boolean certificate = user.has("client-certificate") || user.has("client-certificate-data");
        if (certificate && !user.has("client-key") && !user.has("client-key-data")) {
            problems.add(
                    "client-key-data or client-key must be specified for the user to use the clientCert authentication method.");
        }
        if (!user.has("as") && (user.has("as-uid") || user.has("as-groups"))) {
            problems.add(
                    "requesting uid, groups or user-extra for the user without impersonating a user");
        }
    }

    private static String unreadable(String field, String file) {
        return "unable to read %s %s due to open %s: no such file or directory"
                .formatted(field, file, file);
    }
}

package dev.signet.cli.seal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The cluster that this process runs in, where it runs in a pod. */
final class InCluster {

    private static final Path FOLDER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final String HOST = "KUBERNETES_SERVICE_HOST";
    private static final String PORT = "KUBERNETES_SERVICE_PORT";

    private InCluster() {}

    static boolean possible(Map<String, String> environment) {
        return !environment.getOrDefault(HOST, "").isEmpty()
                && !environment.getOrDefault(PORT, "").isEmpty()
                && Files.isRegularFile(FOLDER.resolve("token"));
    }

    static String namespace(Map<String, String> environment) {
        String named = environment.getOrDefault("POD_NAMESPACE", "");
        if (!named.isEmpty()) {
            return named;
        }
        try {
            String file = Files.readString(FOLDER.resolve("namespace")).strip();
            return file.isEmpty() ? "default" : file;
        } catch (IOException e) {
            return "default";
        }
    }

    /** The pod's own cluster and ServiceAccount; a token that the user names goes before it. */
    static ClusterSettings.Chosen chosen(Map<String, String> environment, ObjectNode user) {
        ObjectNode cluster = JsonNodeFactory.instance.objectNode();
        String host = environment.getOrDefault(HOST, "");
        cluster.put(
                "server",
                "https://%s:%s"
                        .formatted(
                                host.contains(":") ? "[" + host + "]" : host,
                                environment.getOrDefault(PORT, "")));
        cluster.put("certificate-authority", FOLDER.resolve("ca.crt").toString());
        ObjectNode account = JsonNodeFactory.instance.objectNode();
        if (user.has("token")) {
            account.set("token", user.get("token"));
        } else {
            account.put("tokenFile", FOLDER.resolve("token").toString());
        }
        return new ClusterSettings.Chosen(cluster, account, namespace(environment));
    }
}

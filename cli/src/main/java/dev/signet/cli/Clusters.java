package dev.signet.cli;

import dev.signet.operator.KubernetesClients;
import dev.signet.operator.StartupException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Map;

/** Finds the cluster that a command is about. */
final class Clusters {

    private Clusters() {}

    /** The cluster that the environment names, as kubectl finds it. */
    static KubernetesClient fromEnvironment() throws StartupException {
        Map<String, String> environment = System.getenv();
        // The JVM asks the system for the home folder, where kubectl goes by the variable.
        String home = environment.getOrDefault("HOME", "");
        return KubernetesClients.fromEnvironment(
                environment, Path.of(home.isEmpty() ? System.getProperty("user.home") : home));
    }
}

package dev.signet.cli.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How an operator is started.
 *
 * @param words the program and its arguments
 * @param environment added to that of this process
 * @param tellsHealth whether it serves {@code /readyz} at the port for it
 */
record OperatorCommand(List<String> words, Map<String, String> environment, boolean tellsHealth) {

    /** The launcher names itself in this system property. */
    static final String LAUNCHER = "signet.launcher";

    /** Where the operator is to find what it needs. */
    record Places(Path kubeconfig, int metricsPort, int healthPort) {}

    static OperatorCommand of(BenchSettings settings, Places places) {
        return settings.own() ? own(settings, places) : other(settings.command(), places);
    }

    /** As a user starts it, through the launcher; without one, as this JVM was started. */
    private static OperatorCommand own(BenchSettings settings, Places places) {
        List<String> recording = recording(settings);
        List<String> words = new ArrayList<>();
        String launcher = System.getProperty(LAUNCHER, "");
        if (launcher.isEmpty()) {
            words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
            words.addAll(recording);
            words.addAll(List.of("-cp", System.getProperty("java.class.path")));
            words.add("dev.signet.cli.Main");
        } else {
            words.add(launcher);
        }
        words.addAll(
                List.of(
                        "run",
                        "--concurrent=" + settings.concurrent(),
                        "--allow-local-endpoints",
                        "--metrics-addr=127.0.0.1:" + places.metricsPort(),
                        "--live-addr=127.0.0.1:" + places.healthPort(),
                        "--sealed-secrets-listen-address=0"));
        String options = System.getenv().getOrDefault("SIGNET_JAVA_OPTS", "");
        return new OperatorCommand(
                List.copyOf(words),
                Map.of(
                        "KUBECONFIG",
                        places.kubeconfig().toString(),
                        // What is built is measured, even if a source is edited meanwhile.
                        "SIGNET_AS_BUILT",
                        "true",
                        "SIGNET_JAVA_OPTS",
                        String.join(" ", options, String.join(" ", recording)).strip()),
                true);
    }

    /** What is added to the environment of this process, and more. */
    Map<String, String> environment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return all;
    }

    private static List<String> recording(BenchSettings settings) {
        return settings.recording() == null
                ? List.of()
                : List.of("-XX:StartFlightRecording=settings=profile");
    }

    private static OperatorCommand other(String command, Places places) {
        String filled =
                command.replace("{kubeconfig}", places.kubeconfig().toString())
                        .replace("{metrics-port}", Integer.toString(places.metricsPort()))
                        .replace("{health-port}", Integer.toString(places.healthPort()));
        return new OperatorCommand(
                // The shell is replaced, so that the process that is measured is the operator.
                List.of("/bin/sh", "-c", "exec " + filled),
                Map.of("KUBECONFIG", places.kubeconfig().toString()),
                command.contains("{health-port}"));
    }
}

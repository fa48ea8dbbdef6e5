package dev.signet.system;

import dev.signet.operator.KubernetesClients;
import dev.signet.operator.OperatorConfig;
import dev.signet.operator.SignetOperator;
import dev.signet.operator.StartupException;
import dev.signet.operator.observe.SyncMetrics;
import dev.signet.operator.store.Providers;
import dev.signet.testbed.SharedControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** An operator that runs in this JVM, against the shared API server. */
final class RunningOperator implements AutoCloseable {

    private final KubernetesClient client;
    private final SyncMetrics metrics = new SyncMetrics();
    private final AtomicReference<String> fatal = new AtomicReference<>("");
    private final SignetOperator operator;
    private boolean stopped;

    private RunningOperator(String kubeconfig, OperatorConfig config, Clock clock) {
        this.client = KubernetesClients.fromKubeconfig(kubeconfig);
        this.operator =
                new SignetOperator(
                        client, config, Providers.onClassPath(), metrics, clock, fatal::set);
    }

    /** An operator with all rights that works in one namespace; in all if that is empty. */
    static RunningOperator in(String namespace) {
        return by(SharedControlPlane.get().kubeconfig(), namespace, Clock.systemUTC());
    }

    /** The same for another way to the API server and another clock. */
    static RunningOperator by(String kubeconfig, String namespace, Clock clock) {
        try {
            return started(
                    kubeconfig,
                    OperatorConfig.DEFAULTS.inNamespace(namespace).withLocalEndpoints(),
                    clock);
        } catch (StartupException e) {
            throw new AssertionError(e.text(), e);
        }
    }

    /** An operator whose stores may not lead to this machine, as users have it. */
    static RunningOperator guarded(String namespace) {
        try {
            return started(
                    SharedControlPlane.get().kubeconfig(),
                    OperatorConfig.DEFAULTS.inNamespace(namespace),
                    Clock.systemUTC());
        } catch (StartupException e) {
            throw new AssertionError(e.text(), e);
        }
    }

    /** An operator that shows this token to the API server. */
    static RunningOperator with(String token, OperatorConfig config) throws StartupException {
        return started(
                SharedControlPlane.get().kubeconfigFor(token),
                config.withLocalEndpoints(),
                Clock.systemUTC());
    }

    private static RunningOperator started(String kubeconfig, OperatorConfig config, Clock clock)
            throws StartupException {
        var running = new RunningOperator(kubeconfig, config, clock);
        try {
            running.operator.start();
        } catch (StartupException e) {
            running.close();
            throw e;
        }
        return running;
    }

    SignetOperator operator() {
        return operator;
    }

    /** What it said when a watch ended for good; empty while all is well. */
    String fatal() {
        return fatal.get();
    }

    /** What it tells Prometheus. */
    String exposition() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            metrics.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Stops it, and says how long that took. */
    Duration stop() {
        long begun = System.nanoTime();
        if (!stopped) {
            stopped = true;
            operator.close();
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Override
    public void close() {
        stop();
        metrics.close();
        client.close();
    }
}

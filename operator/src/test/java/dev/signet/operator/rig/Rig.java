package dev.signet.operator.rig;

import dev.signet.api.CrdFile;
import dev.signet.api.Crds;
import dev.signet.api.ExternalSecret;
import dev.signet.api.ExternalSecretStatus;
import dev.signet.api.StatusCondition;
import dev.signet.operator.KubernetesClients;
import dev.signet.operator.OperatorConfig;
import dev.signet.operator.SignetOperator;
import dev.signet.operator.StartupException;
import dev.signet.operator.observe.SyncMetrics;
import dev.signet.operator.store.Providers;
import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.SharedControlPlane;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/**
 * A running operator on a real API server, in one namespace of its own, and short ways to look at
 * what it does. The control plane is shared by all tests of the JVM, the operator is this rig's
 * own.
 */
public final class Rig implements AutoCloseable {

    /** Much longer than anything takes, so that a machine with other work fails nothing. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KubernetesClient client;
    private final String namespace;
    private final Providers providers;
    private final SyncMetrics metrics = new SyncMetrics();
    private final AtomicReference<String> fatal = new AtomicReference<>("");
    private SignetOperator operator;
    private OperatorConfig config;

    private Rig(
            KubernetesClient client, String namespace, Providers providers, OperatorConfig config) {
        this.client = client;
        this.namespace = namespace;
        this.providers = providers;
        this.config = config;
        this.operator = build();
    }

    /** An operator for a fresh namespace, started. */
    public static Rig start() {
        return start(OperatorConfig.DEFAULTS);
    }

    /** An operator for a fresh namespace with these settings, started. */
    public static Rig start(OperatorConfig config) {
        return start(config, Providers.onClassPath());
    }

    /** An operator for a fresh namespace that has these providers only, started. */
    public static Rig start(OperatorConfig config, Providers providers) {
        ControlPlane plane = SharedControlPlane.get();
        KubernetesClient client = KubernetesClients.fromKubeconfig(plane.kubeconfig());
        installCrds(client);
        return started(plane, client, providers, config);
    }

    /**
     * An operator for a fresh namespace on a control plane of the test's own, started. Its CRDs are
     * those that are there already.
     */
    public static Rig startOn(ControlPlane plane, OperatorConfig config) {
        return started(
                plane,
                KubernetesClients.fromKubeconfig(plane.kubeconfig()),
                Providers.onClassPath(),
                config);
    }

    private static Rig started(
            ControlPlane plane,
            KubernetesClient client,
            Providers providers,
            OperatorConfig config) {
        String namespace = plane.api().freshNamespace("test");
        Rig rig =
                new Rig(
                        client,
                        namespace,
                        providers,
                        config.inNamespace(namespace).withLocalEndpoints());
        rig.startOperator();
        return rig;
    }

    /** Installs the CRDs, where they are not there. */
    public static void installCrds(KubernetesClient client) {
        for (CrdFile crd : Crds.all()) {
            var loaded = client.load(stream(crd.yaml()));
            if (loaded.get().stream().allMatch(found -> found == null)) {
                loaded.create();
            }
        }
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() ->
                        client.getApiResources("external-secrets.io/v1").getResources().stream()
                                        .filter(kind -> !kind.getName().contains("/"))
                                        .count()
                                == 3);
    }

    public KubernetesClient client() {
        return client;
    }

    public String namespace() {
        return namespace;
    }

    public SyncMetrics metrics() {
        return metrics;
    }

    public SignetOperator operator() {
        return operator;
    }

    /** What the operator said when a watch ended for good; empty while all is well. */
    public String fatal() {
        return fatal.get();
    }

    /** Starts the operator, after {@link #stopOperator()}. */
    public void startOperator() {
        try {
            operator.start();
        } catch (StartupException e) {
            throw new AssertionError(e.text(), e);
        }
    }

    /** Stops the operator, so that things can happen behind its back; start makes a new one. */
    public void stopOperator() {
        operator.close();
        operator = build();
    }

    /**
     * Applies what the YAML holds in the rig's namespace, as {@code kubectl apply --server-side}
     * does.
     */
    public void apply(String yaml) {
        client.load(stream(yaml))
                .inNamespace(namespace)
                .fieldManager("kubectl")
                .forceConflicts()
                .serverSideApply();
    }

    /** The Secret of that name; empty when there is none. */
    public Optional<Secret> secret(String name) {
        return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get());
    }

    /** The Secret's data as text. */
    public static Map<String, String> data(Secret secret) {
        Map<String, String> text = new TreeMap<>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) ->
                            text.put(
                                    key,
                                    new String(
                                            Base64.getDecoder().decode(value),
                                            StandardCharsets.UTF_8)));
        }
        return text;
    }

    /** The data of the Secret of that name as text; empty when there is none. */
    public Map<String, String> data(String secret) {
        return secret(secret).map(Rig::data).orElse(Map.of());
    }

    /** The ExternalSecret of that name, as it is now. */
    public ExternalSecret externalSecret(String name) {
        return client.resources(ExternalSecret.class)
                .inNamespace(namespace)
                .withName(name)
                .require();
    }

    /** The ExternalSecret's Ready condition; empty while there is none. */
    public Optional<StatusCondition> ready(String name) {
        ExternalSecretStatus status = externalSecret(name).getStatus();
        return status == null ? Optional.empty() : status.condition(StatusCondition.READY);
    }

    /** Waits until the ExternalSecret is Ready, and returns the condition. */
    public StatusCondition awaitReady(String name) {
        await(() -> ready(name).filter(StatusCondition::isTrue).isPresent());
        return ready(name).orElseThrow();
    }

    /** Waits until the ExternalSecret is not Ready, and returns the condition. */
    public StatusCondition awaitNotReady(String name) {
        await(() -> ready(name).filter(condition -> !condition.isTrue()).isPresent());
        return ready(name).orElseThrow();
    }

    /** Waits until the Secret holds exactly this. */
    public void awaitData(String secret, Map<String, String> expected) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() ->
                        org.assertj.core.api.Assertions.assertThat(data(secret))
                                .isEqualTo(expected));
    }

    /** Waits until it is so. */
    public void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
    }

    /** Changes an annotation, which forces a sync. */
    public void forceSync(String name) {
        client.resources(ExternalSecret.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(
                        io.fabric8.kubernetes.client.dsl.base.PatchContext.of(
                                io.fabric8.kubernetes.client.dsl.base.PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"force-sync\":\"%d\"}}}"
                                .formatted(System.nanoTime()));
    }

    @Override
    public void close() {
        operator.close();
        metrics.close();
        client.close();
    }

    private SignetOperator build() {
        return new SignetOperator(
                client, config, providers, metrics, Clock.systemUTC(), fatal::set);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}

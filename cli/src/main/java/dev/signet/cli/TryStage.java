package dev.signet.cli;

import dev.signet.api.CrdFile;
import dev.signet.api.Crds;
import dev.signet.api.ExternalSecret;
import dev.signet.api.StatusCondition;
import dev.signet.operator.OperatorConfig;
import dev.signet.operator.SignetOperator;
import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.operator.observe.SyncMetrics;
import dev.signet.operator.store.Providers;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code signet try} plays: a namespace of its own with the CRDs and the operator, and the
 * cleaning up after it.
 */
final class TryStage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(10);

    private final KubernetesClient client;
    private final Steps steps;
    private final Traces traces;
    private final SyncMetrics metrics = new SyncMetrics();
    private final List<CrdFile> installed = new ArrayList<>();
    private final String namespace = "signet-try-" + randomWord(3);
    private @Nullable SignetOperator operator;
    private volatile boolean closing;

    /** What becomes of the traces on the cluster. */
    enum Traces {
        /** The cluster is thrown away with them. */
        LEFT,
        /** The cluster is somebody's, and shall look as before. */
        REMOVED
    }

    TryStage(KubernetesClient client, Steps steps, Traces traces) {
        this.client = client;
        this.steps = steps;
        this.traces = traces;
    }

    String namespace() {
        return namespace;
    }

    KubernetesClient client() {
        return client;
    }

    Steps steps() {
        return steps;
    }

    /** Installs what is missing and starts the operator; the play can begin. */
    SignetOperator open(UnaryOperator<OperatorConfig> settings) throws Exception {
        installCrds();
        return startOperator(settings);
    }

    /**
     * Creates a manifest from the resources in the namespace; parameters stand for {@code ${...}}.
     */
    void apply(String manifest, Map<String, String> parameters) throws IOException {
        String text = example(manifest);
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            text = text.replace("${" + parameter.getKey() + "}", parameter.getValue());
        }
        client.load(stream(text))
                .items()
                .forEach(item ->
                        client.resource(item)
                                .inNamespace(namespace)
                                .createOr(NonDeletingOperation::update));
    }

    /** Waits until the Secret has another password. */
    String awaitPassword(String secret, String other, Supplier<String> reason) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Secret found = client.secrets().inNamespace(namespace).withName(secret).get();
            if (found != null && found.getData() != null) {
                String value =
                        new String(
                                Base64.getDecoder()
                                        .decode(found.getData().getOrDefault("password", "")),
                                StandardCharsets.UTF_8);
                if (!value.equals(other)) {
                    return value;
                }
            }
            Thread.sleep(20);
        }
        throw new CommandFailedException(
                "no new value arrived in Secret %s/%s within %d s: %s"
                        .formatted(namespace, secret, PATIENCE.toSeconds(), reason.get()));
    }

    /** What the ExternalSecret of that name says of itself. */
    String externalSecretCondition(String name) {
        ExternalSecret es =
                client.resources(ExternalSecret.class).inNamespace(namespace).withName(name).get();
        return es == null || es.getStatus() == null
                ? "the ExternalSecret has no status"
                : es.getStatus()
                        .condition(StatusCondition.READY)
                        .map(StatusCondition::message)
                        .orElse("the ExternalSecret has no condition");
    }

    /** Waits for something else than a value. */
    void await(String what, BooleanSupplier done) throws Exception {
        poll(PATIENCE, done, what);
    }

    static String randomWord(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Override
    public void close() {
        OrderlyEnd.beginCleaningUp();
        closing = true;
        try (metrics) {
            if (traces == Traces.REMOVED) {
                // The operator has to run for this: it takes its finalizers off.
                removeExternalSecrets();
            }
            SignetOperator running = operator;
            if (running != null) {
                running.close();
            }
            if (traces == Traces.REMOVED) {
                client.namespaces().withName(namespace).delete();
                installed.forEach(crd -> client.load(stream(crd.yaml())).delete());
                steps.done(
                        "cleaned up", "namespace " + namespace + ", " + installed.size() + " CRDs");
            }
        }
    }

    private void removeExternalSecrets() {
        if (operator == null) {
            return;
        }
        var all = client.resources(ExternalSecret.class).inNamespace(namespace);
        all.delete();
        try {
            poll(
                    PATIENCE_AT_THE_END,
                    () -> all.list().getItems().isEmpty(),
                    "the ExternalSecrets were not gone");
        } catch (CommandFailedException late) {
            all.resources()
                    .forEach(one ->
                            one.edit(object -> {
                                object.getMetadata().setFinalizers(List.of());
                                return object;
                            }));
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    private void installCrds() throws Exception {
        for (CrdFile crd : Crds.all()) {
            var loaded = client.load(stream(crd.yaml()));
            if (loaded.get().stream().allMatch(found -> found == null)) {
                // Noted first, so that it is removed even if the answer gets lost.
                installed.add(crd);
                create(crd);
            }
        }
        poll(PATIENCE, this::served, "the API server was not ready with the CRDs");
        steps.done(
                "CRDs",
                installed.isEmpty() ? "found on the cluster" : installed.size() + " installed");
    }

    private void create(CrdFile crd) {
        try {
            client.load(stream(crd.yaml())).create();
        } catch (KubernetesClientException e) {
            if (KubernetesErrors.isConflict(e)) {
                // Somebody else was faster, and it is theirs.
                installed.remove(crd);
            } else {
                throw e;
            }
        }
    }

    private boolean served() {
        return served(
                        "external-secrets.io/v1",
                        Set.of("externalsecrets", "secretstores", "clustersecretstores"))
                && served("bitnami.com/v1alpha1", Set.of("sealedsecrets"));
    }

    private boolean served(String version, Set<String> kinds) {
        APIResourceList list = client.getApiResources(version);
        return list != null
                && list.getResources().stream()
                        .map(APIResource::getName)
                        .collect(Collectors.toSet())
                        .containsAll(kinds);
    }

    private static void poll(Duration patience, BooleanSupplier done, String late)
            throws InterruptedException, CommandFailedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new CommandFailedException(
                        "%s within %d s; try again".formatted(late, patience.toSeconds()));
            }
            Thread.sleep(20);
        }
    }

    private SignetOperator startOperator(UnaryOperator<OperatorConfig> settings) throws Exception {
        client.namespaces()
                .resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .endMetadata()
                                .build())
                .create();
        SignetOperator started =
                new SignetOperator(
                        client,
                        settings.apply(
                                OperatorConfig.DEFAULTS
                                        .inNamespace(namespace)
                                        .withLocalEndpoints()),
                        Providers.onClassPath(),
                        metrics,
                        Clock.systemUTC(),
                        this::stopped);
        operator = started;
        started.start();
        steps.done("operator", "watches namespace " + namespace);
        return started;
    }

    private void stopped(String cause) {
        // Ctrl-C ends the API server too, which is then no news.
        if (!closing) {
            steps.done("operator", "has stopped: " + cause);
        }
    }

    private static String example(String name) throws IOException {
        try (InputStream in = TryStage.class.getResourceAsStream("try/" + name)) {
            if (in == null) {
                throw new IOException("try/" + name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}

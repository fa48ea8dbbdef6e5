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
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code signet try} shows, from the login to the rotated value, and the cleaning up after it.
 */
final class TryScene implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(10);
    private static final String SECRET = "database-login";

    private final KubernetesClient client;
    private final TryBackend backend;
    private final Steps steps;
    private final Traces traces;
    private final SyncMetrics metrics = new SyncMetrics();
    private final List<CrdFile> installed = new ArrayList<>();
    private final String namespace = "signet-try-" + HexFormat.of().formatHex(random(3));
    private @Nullable SignetOperator operator;
    private volatile boolean closing;

    /** What becomes of the traces on the cluster. */
    enum Traces {
        /** The cluster is thrown away with them. */
        LEFT,
        /** The cluster is somebody's, and shall look as before. */
        REMOVED
    }

    TryScene(KubernetesClient client, TryBackend backend, Steps steps, Traces traces) {
        this.client = client;
        this.backend = backend;
        this.steps = steps;
        this.traces = traces;
    }

    String namespace() {
        return namespace;
    }

    void play() throws Exception {
        installCrds();
        startOperator();
        String password = "first-" + HexFormat.of().formatHex(random(4));
        backend.prepare(password);
        steps.done("value in " + backend.name(), backend.key() + " password=" + password);
        applyExample();
        String first = awaitValue("");
        steps.done("Secret appeared", "%s/%s password=%s".formatted(namespace, SECRET, first));
        String rotated = "second-" + HexFormat.of().formatHex(random(4));
        backend.rotate(rotated);
        Duration written = steps.elapsed();
        steps.done("rotated in " + backend.name(), "password=" + rotated);
        String followed = awaitValue(first);
        if (!followed.equals(rotated)) {
            throw new CommandFailedException(
                    "the Secret changed, but not to the rotated value; run again with --keep and look at it");
        }
        steps.done(
                "Secret followed",
                "password=%s, %.1f s after the rotation"
                        .formatted(followed, Steps.seconds(steps.elapsed().minus(written))));
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
            poll(PATIENCE_AT_THE_END, () -> all.list().getItems().isEmpty());
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
        poll(PATIENCE, this::served);
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
        APIResourceList list = client.getApiResources("external-secrets.io/v1");
        return list != null
                && list.getResources().stream()
                        .map(APIResource::getName)
                        .collect(Collectors.toSet())
                        .containsAll(
                                Set.of("externalsecrets", "secretstores", "clustersecretstores"));
    }

    private static void poll(Duration patience, BooleanSupplier done)
            throws InterruptedException, CommandFailedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new CommandFailedException(
                        "the API server was not ready with the CRDs within %d s; try again"
                                .formatted(patience.toSeconds()));
            }
            Thread.sleep(20);
        }
    }

    private void startOperator() throws Exception {
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
                        OperatorConfig.DEFAULTS.inNamespace(namespace).withLocalEndpoints(),
                        Providers.onClassPath(),
                        metrics,
                        Clock.systemUTC(),
                        this::stopped);
        operator = started;
        started.start();
        steps.done("operator", "watches namespace " + namespace);
    }

    private void stopped(String cause) {
        // Ctrl-C ends the API server too, which is then no news.
        if (!closing) {
            steps.done("operator", "has stopped: " + cause);
        }
    }

    private void applyExample() throws IOException {
        Secret login =
                new SecretBuilder()
                        .withNewMetadata()
                        .withName(backend.loginSecret())
                        .endMetadata()
                        .addToStringData(backend.login())
                        .build();
        client.secrets().inNamespace(namespace).resource(login).create();
        String store = example(backend.store() + ".yaml");
        for (Map.Entry<String, String> parameter : backend.parameters().entrySet()) {
            store = store.replace("${" + parameter.getKey() + "}", parameter.getValue());
        }
        client.load(stream(store)).inNamespace(namespace).create();
        String reader = example("externalsecret.yaml").replace("${STORE}", backend.store());
        client.load(stream(reader)).inNamespace(namespace).create();
        steps.done("applied", "SecretStore " + backend.store() + ", ExternalSecret database");
    }

    private String awaitValue(String other) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Secret secret = client.secrets().inNamespace(namespace).withName(SECRET).get();
            if (secret != null && secret.getData() != null) {
                String value =
                        new String(
                                Base64.getDecoder()
                                        .decode(secret.getData().getOrDefault("password", "")),
                                StandardCharsets.UTF_8);
                if (!value.equals(other)) {
                    return value;
                }
            }
            Thread.sleep(20);
        }
        throw new CommandFailedException(
                "no new value arrived in Secret %s/%s within %d s: %s"
                        .formatted(namespace, SECRET, PATIENCE.toSeconds(), condition()));
    }

    private String condition() {
        ExternalSecret es =
                client.resources(ExternalSecret.class)
                        .inNamespace(namespace)
                        .withName("database")
                        .get();
        return es == null || es.getStatus() == null
                ? "the ExternalSecret has no status"
                : es.getStatus()
                        .condition(StatusCondition.READY)
                        .map(StatusCondition::message)
                        .orElse("the ExternalSecret has no condition");
    }

    private static String example(String name) throws IOException {
        try (InputStream in = TryScene.class.getResourceAsStream("try/" + name)) {
            if (in == null) {
                throw new IOException("try/" + name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return random;
    }
}

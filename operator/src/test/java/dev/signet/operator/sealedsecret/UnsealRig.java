package dev.signet.operator.sealedsecret;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.api.sealed.SealedSecret;
import dev.signet.api.sealed.SealedSecretCondition;
import dev.signet.api.sealed.SealedSecretStatus;
import dev.signet.operator.KubernetesClients;
import dev.signet.operator.event.EventRecorder;
import dev.signet.operator.kube.ApiCalls;
import dev.signet.operator.observe.SyncMetrics;
import dev.signet.operator.rig.Rig;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.Scope;
import dev.signet.sealed.UnsealingKey;
import dev.signet.testbed.ControlPlane;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;

/** Unsealing on a real API server, in a namespace of its own, with keys that the test holds. */
final class UnsealRig implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KubernetesClient client;
    private final String namespace;
    private final MovingKeys keys = new MovingKeys();
    private final UnsealSettings settings;
    private ApiCalls calls;
    private EventRecorder events;
    private SyncMetrics metrics;
    private SealedSecrets served;

    UnsealRig(ControlPlane plane, UnsealSettings settings) {
        this.client = KubernetesClients.fromKubeconfig(plane.kubeconfig());
        Rig.installCrds(client);
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> client.getApiResources("bitnami.com/v1alpha1") != null);
        this.namespace = plane.api().freshNamespace("unseal");
        this.settings = settings;
    }

    void start() {
        calls = new ApiCalls(client);
        events = new EventRecorder(client, calls, Clock.systemUTC());
        metrics = new SyncMetrics();
        ObjectMapper mapper =
                new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        served =
                new SealedSecrets(
                        new SealedParts(
                                client,
                                calls,
                                events,
                                metrics,
                                mapper,
                                Clock.systemUTC(),
                                RandomGenerator.getDefault()),
                        new SealedSecretsConfig(true, namespace, settings, KeySettings.DEFAULTS),
                        namespace,
                        keys);
        served.start();
    }

    void stop() {
        served.close();
        events.close();
        calls.close();
        metrics.close();
    }

    MovingKeys keys() {
        return keys;
    }

    String namespace() {
        return namespace;
    }

    KubernetesClient client() {
        return client;
    }

    SealedSecretCatalog catalog() {
        return served.catalog();
    }

    /** The metrics as they are scraped. */
    String scrape() {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            metrics.writeTo(out);
            return out.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** How many times anything was opened since the start. */
    long openings() {
        String name = "sealed_secrets_controller_unseal_requests_total ";
        return scrape().lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.substring(name.length())))
                .sum();
    }

    /** A value sealed in a scope for an object of this namespace. */
    String sealed(UnsealingKey key, Scope scope, String name, String value) {
        return key.certificate()
                .seal(SecretValue.ofUtf8(value), scope.label(namespace, name), new SecureRandom());
    }

    /** The same in the strict scope. */
    String sealed(UnsealingKey key, String name, String value) {
        return sealed(key, Scope.STRICT, name, value);
    }

    /** The YAML of a SealedSecret with one value. */
    String manifest(String name, String key, String sealed, String template) {
        return manifest(name, "", key, sealed, template);
    }

    /** The same with annotations, in braces. */
    String manifest(String name, String annotations, String key, String sealed, String template) {
        return """
        apiVersion: bitnami.com/v1alpha1
        kind: SealedSecret
        metadata: {name: %s, annotations: {%s}}
        spec:
          encryptedData: {%s: "%s"}
          template: {%s}
        """
                .formatted(name, annotations, key, sealed, template);
    }

    void apply(String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .inNamespace(namespace)
                .fieldManager("kubectl")
                .forceConflicts()
                .serverSideApply();
    }

    /** Makes an object just as it is written, which the library could not. */
    void create(String json) {
        client.raw(path(), "POST", json);
    }

    /** The object as the API server tells it. */
    String text(String name) {
        return Objects.requireNonNullElse(client.raw(path() + "/" + name), "");
    }

    private String path() {
        return "/apis/bitnami.com/v1alpha1/namespaces/" + namespace + "/sealedsecrets";
    }

    /** Makes an ordinary Secret. */
    Secret given(String name, Map<String, String> annotations, Map<String, String> data) {
        return client.secrets()
                .inNamespace(namespace)
                .resource(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .withAnnotations(annotations)
                                .endMetadata()
                                .withStringData(data)
                                .build())
                .create();
    }

    Optional<Secret> secret(String name) {
        return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get());
    }

    /** The data of a Secret as text; empty where there is none. */
    Map<String, String> data(String name) {
        return secret(name).map(Rig::data).orElse(Map.of());
    }

    Map<String, String> annotations(String name) {
        return secret(name)
                .map(secret -> secret.getMetadata().getAnnotations())
                .map(found -> (Map<String, String>) new TreeMap<>(found))
                .orElse(Map.of());
    }

    SealedSecret sealedSecret(String name) {
        return client.resources(SealedSecret.class).inNamespace(namespace).withName(name).require();
    }

    SealedSecretStatus status(String name) {
        return Objects.requireNonNullElse(sealedSecret(name).getStatus(), SealedSecretStatus.NONE);
    }

    Optional<SealedSecretCondition> synced(String name) {
        return status(name).conditions().stream().findFirst();
    }

    /** Waits until what is there now is unsealed. */
    SealedSecretCondition awaitSynced(String name) {
        await(() ->
                synced(name).filter(SealedSecretCondition::isTrue).isPresent() && isObserved(name));
        return synced(name).orElseThrow();
    }

    /** Waits until it is known that what is there now is not. */
    SealedSecretCondition awaitFailed(String name) {
        await(() ->
                synced(name).filter(c -> c.status().equals("False")).isPresent()
                        && isObserved(name));
        return synced(name).orElseThrow();
    }

    void awaitData(String name, Map<String, String> data) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() ->
                        org.assertj.core.api.Assertions.assertThat(data(name)).isEqualTo(data));
    }

    void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
    }

    void patchSecret(String name, String json) {
        client.secrets()
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    void patchSealed(String name, String json) {
        client.resources(SealedSecret.class)
                .inNamespace(namespace)
                .withName(name)
                .patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    void deleteSecret(String name) {
        client.secrets().inNamespace(namespace).withName(name).delete();
    }

    void deleteSealed(String name) {
        client.resources(SealedSecret.class).inNamespace(namespace).withName(name).delete();
    }

    /** Reason, message and count of the events about an object, oldest first. */
    List<String> events(String name) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> name.equals(event.getInvolvedObject().getName()))
                .sorted(Comparator.comparing((Event event) -> event.getMetadata().getName()))
                .map(event ->
                        event.getReason() + " x" + event.getCount() + ": " + event.getMessage())
                .toList();
    }

    @Override
    public void close() {
        stop();
        client.close();
    }

    private boolean isObserved(String name) {
        SealedSecret now = sealedSecret(name);
        return now.getStatus() != null
                && Objects.equals(
                        now.getStatus().observedGeneration(), now.getMetadata().getGeneration());
    }
}

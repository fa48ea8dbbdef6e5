package dev.signet.operator.sealedsecret.keys;

import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.operator.sealedsecret.KeySettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches what the keys are made of: Secrets with the label, the one Secret whose name is the
 * prefix, and the ConfigMap with the certificate. Others are neither read nor held.
 */
final class KeySource implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KeySource.class);

    private final KubernetesClient client;
    private final String namespace;
    private final KeySettings settings;
    private final Runnable onNews;
    private volatile @Nullable Watched watched;

    private record Watched(
            List<SharedIndexInformer<Secret>> secrets,
            Optional<SharedIndexInformer<ConfigMap>> map) {}

    KeySource(KubernetesClient client, String namespace, KeySettings settings, Runnable onNews) {
        this.client = client;
        this.namespace = namespace;
        this.settings = settings;
        this.onNews = onNews;
    }

    /** Begins to watch, and goes on for as long as it takes. */
    void start() {
        var inNamespace = client.secrets().inNamespace(namespace);
        List<SharedIndexInformer<Secret>> secrets =
                List.of(
                        watch(
                                "key Secrets",
                                inNamespace.withLabel(KeySecrets.LABEL, KeySecrets.ACTIVE)),
                        watch(
                                "Secret " + settings.prefix(),
                                inNamespace.withName(settings.prefix())));
        Optional<SharedIndexInformer<ConfigMap>> map =
                settings.certificateMap().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                watch(
                                        "ConfigMap " + settings.certificateMap(),
                                        client.configMaps()
                                                .inNamespace(namespace)
                                                .withName(settings.certificateMap())));
        // Known as a whole, so that nobody concludes from a part that there is no key.
        watched = new Watched(secrets, map);
        onNews.run();
    }

    /**
     * The Secrets that may be keys; empty until all have been listed, for what was not read yet
     * must not pass for absent.
     */
    Optional<Collection<Secret>> secrets() {
        Watched all = watched;
        if (all == null) {
            return Optional.empty();
        }
        Map<String, Secret> found = new LinkedHashMap<>();
        for (SharedIndexInformer<Secret> informer : all.secrets()) {
            if (!informer.hasSynced()) {
                return Optional.empty();
            }
            informer.getStore()
                    .list()
                    .forEach(secret -> found.put(secret.getMetadata().getName(), secret));
        }
        return Optional.of(found.values());
    }

    /** Whether it is known if there is a ConfigMap. */
    boolean knowsMap() {
        Watched all = watched;
        return all != null && all.map().filter(SharedIndexInformer::hasSynced).isPresent();
    }

    /** The ConfigMap, as far as is known. */
    Optional<ConfigMap> map() {
        Watched all = watched;
        return all == null
                ? Optional.empty()
                : all.map().flatMap(map -> map.getStore().list().stream().findFirst());
    }

    @Override
    public void close() {
        Watched all = watched;
        if (all != null) {
            all.secrets().forEach(SharedIndexInformer::stop);
            all.map().ifPresent(SharedIndexInformer::stop);
        }
    }

    private <T extends HasMetadata> SharedIndexInformer<T> watch(String what, Informable<T> kind) {
        SharedIndexInformer<T> informer = kind.runnableInformer(0);
        AtomicReference<String> told = new AtomicReference<>("");
        // A list that fails, for whatever reason, must not end the watch.
        informer.exceptionHandler((started, failure) -> {
            tell(what, failure, told);
            return true;
        });
        informer.addEventHandler(
                new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(T object) {
                        onNews.run();
                    }

                    @Override
                    public void onUpdate(T before, T now) {
                        onNews.run();
                    }

                    @Override
                    public void onDelete(T object, boolean finalStateUnknown) {
                        onNews.run();
                    }
                });
        var _ = informer.start().whenComplete((done, failure) -> onNews.run());
        return informer;
    }

    private void tell(String what, Throwable failure, AtomicReference<String> told) {
        String cause = cause(failure);
        if (!cause.equals(told.getAndSet(cause))) {
            log.atWarn()
                    .addKeyValue("namespace", namespace)
                    .addKeyValue("what", what)
                    .addKeyValue("cause", cause)
                    .log("cannot be listed or watched; trying again");
        }
    }

    private static String cause(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof KubernetesClientException known) {
                return KubernetesErrors.text(known);
            }
        }
        return failure.getClass().getSimpleName();
    }
}

package dev.signet.operator.sealedsecret;

import dev.signet.operator.kube.WatchfulClientFactory;
import dev.signet.operator.refresh.ObjectKey;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the metadata of Secrets. Secrets in Bitnami's format carry no label to select them by,
 * and those that are not ours matter too, as they may become ours; their values are never read.
 *
 * <p>Targets of ExternalSecrets are left out, as they come with thousands of changes.
 */
final class SecretWatch implements AutoCloseable {

    private static final long PAGE = 500;
    private static final String OTHERS = "reconcile.external-secrets.io/managed!=true";
    private static final ResourceDefinitionContext SECRETS =
            new ResourceDefinitionContext.Builder()
                    .withVersion("v1")
                    .withKind("Secret")
                    .withPlural("secrets")
                    .withNamespaced(true)
                    .build();

    private final KubernetesClient client;
    private final Consumer<ObjectKey> onChange;
    private final Object guard = new Object();
    private volatile List<Watched> watched = List.of();
    private @Nullable KubernetesClient metadata;
    private boolean closed;

    private record Watched(
            SecretStates states, SharedIndexInformer<GenericKubernetesResource> informer) {}

    /**
     * @param onChange is told of each Secret that is new, changed or gone
     */
    SecretWatch(KubernetesClient client, Consumer<ObjectKey> onChange) {
        this.client = client;
        this.onChange = onChange;
    }

    /**
     * Begins to watch; ends when all Secrets are known.
     *
     * @param namespaces where; empty for everywhere
     */
    CompletionStage<Void> start(Set<String> namespaces) {
        synchronized (guard) {
            // What an earlier start that failed has left.
            stop();
            return closed ? new CompletableFuture<>() : started(namespaces);
        }
    }

    private CompletionStage<Void> started(Set<String> namespaces) {
        KubernetesClient reader =
                new KubernetesClientBuilder()
                        .withConfig(client.getConfiguration())
                        .withHttpClientFactory(new WatchfulClientFactory())
                        .withHttpClientBuilderConsumer(http ->
                                http.addOrReplaceInterceptor("metadata-only", new MetadataOnly()))
                        .withKubernetesSerialization(client.getKubernetesSerialization())
                        .build();
        metadata = reader;
        List<Watched> all = new ArrayList<>();
        if (namespaces.isEmpty()) {
            all.add(watching(reader, ""));
        }
        namespaces.forEach(namespace -> all.add(watching(reader, namespace)));
        watched = List.copyOf(all);
        return CompletableFuture.allOf(
                all.stream()
                        .map(each -> each.informer().start().toCompletableFuture())
                        .toArray(CompletableFuture[]::new));
    }

    /** The state of a Secret; empty where there is none, or one that is left out. */
    Optional<SecretStates.State> find(ObjectKey key) {
        return watched.stream()
                .flatMap(each -> each.states().find(key.namespace(), key.name()).stream())
                .findFirst();
    }

    @Override
    public void close() {
        synchronized (guard) {
            closed = true;
            stop();
        }
    }

    private void stop() {
        watched.forEach(each -> each.informer().stop());
        if (metadata != null) {
            metadata.close();
        }
    }

    private Watched watching(KubernetesClient reader, String namespace) {
        SecretStates states = new SecretStates();
        var kind = reader.genericKubernetesResources(SECRETS);
        var place = namespace.isEmpty() ? kind.inAnyNamespace() : kind.inNamespace(namespace);
        SharedIndexInformer<GenericKubernetesResource> informer =
                place.withLabelSelector(OTHERS).withLimit(PAGE).runnableInformer(0);
        informer.itemStore(states);
        informer.exceptionHandler((started, failure) -> true);
        // An index by namespace would hold each name once more.
        informer.removeNamespaceIndex();
        informer.addEventHandler(new Handler());
        return new Watched(states, informer);
    }

    private void tell(GenericKubernetesResource secret) {
        onChange.accept(
                new ObjectKey(secret.getMetadata().getNamespace(), secret.getMetadata().getName()));
    }

    private final class Handler implements ResourceEventHandler<GenericKubernetesResource> {

        @Override
        public void onAdd(GenericKubernetesResource secret) {
            tell(secret);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource now) {
            if (!Objects.equals(
                    before.getMetadata().getResourceVersion(),
                    now.getMetadata().getResourceVersion())) {
                tell(now);
            }
        }

        @Override
        public void onDelete(GenericKubernetesResource secret, boolean finalStateUnknown) {
            tell(secret);
        }
    }

    /** Asks for metadata instead of objects. */
    private static final class MetadataOnly implements Interceptor {

        private static final String TYPE = "application/json;g=meta.k8s.io;v=v1;as=";

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            String query = Objects.requireNonNullElse(request.uri().getQuery(), "");
            builder.setHeader(
                    "Accept",
                    TYPE
                            + (query.contains("watch=true")
                                    ? "PartialObjectMetadata"
                                    : "PartialObjectMetadataList"));
        }
    }
}

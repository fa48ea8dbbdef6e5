package dev.signet.operator.sealedsecret;

import dev.signet.api.sealed.SealedSecret;
import dev.signet.operator.cache.PrunedItemStore;
import dev.signet.operator.cache.SlimMetadata;
import dev.signet.operator.kube.ObjectNews;
import dev.signet.operator.refresh.ObjectKey;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The SealedSecrets, kept by a watch with their sealed values: who reads them as a store needs them
 * at any time, and nobody can open them without a key.
 */
final class SealedSecretWatch implements SealedSecretCatalog, AutoCloseable {

    private static final long PAGE = 500;

    /** Repeats all that the object says. */
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final KubernetesClient client;
    private final String labelSelector;
    private final List<Consumer<ObjectKey>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> completions = new CopyOnWriteArrayList<>();
    private final Consumer<SealedSecret> onEcho;
    private volatile List<Watched> watched = List.of();

    private record Watched(
            String namespace,
            PrunedItemStore<SealedSecret> items,
            SharedIndexInformer<SealedSecret> informer) {

        boolean isOf(String name) {
            return namespace.isEmpty() || namespace.equals(name);
        }
    }

    /**
     * @param labelSelector which are watched; empty for all
     * @param onEcho is given what came with news of its status alone
     */
    SealedSecretWatch(
            KubernetesClient client, String labelSelector, Consumer<SealedSecret> onEcho) {
        this.client = client;
        this.labelSelector = labelSelector;
        this.onEcho = onEcho;
    }

    /**
     * Begins to watch. A list that fails is tried again until it works.
     *
     * @param namespaces where; empty for everywhere
     */
    void start(Set<String> namespaces) {
        List<Watched> all = new ArrayList<>();
        if (namespaces.isEmpty()) {
            all.add(watching(""));
        }
        namespaces.forEach(namespace -> all.add(watching(namespace)));
        // Known to all before the first object comes.
        watched = List.copyOf(all);
        watched.forEach(each ->
                each.informer()
                        .start()
                        .thenRun(() -> completions.forEach(done -> done.accept(each.namespace()))));
    }

    @Override
    public Optional<SealedSecret> find(String namespace, String name) {
        String key = Cache.namespaceKeyFunc(namespace, name);
        return watched.stream()
                .map(each -> each.items().get(key))
                .filter(Objects::nonNull)
                .findFirst();
    }

    Optional<SealedSecret> find(ObjectKey key) {
        return find(key.namespace(), key.name());
    }

    @Override
    public List<SealedSecret> inNamespace(String namespace) {
        return watched.stream()
                .flatMap(each ->
                        each
                                .informer()
                                .getIndexer()
                                .byIndex(Cache.NAMESPACE_INDEX, namespace)
                                .stream())
                .toList();
    }

    /** The names of all. */
    List<ObjectKey> keys() {
        return watched.stream()
                .flatMap(each -> each.items().values())
                .map(SealedSecretWatch::key)
                .toList();
    }

    @Override
    public void onChange(Consumer<ObjectKey> listener) {
        listeners.add(listener);
    }

    @Override
    public boolean isComplete(String namespace) {
        List<Watched> all = watched;
        // One that is not to be read must not keep the others from being used.
        return !all.isEmpty()
                && all.stream()
                        .filter(each -> namespace.isEmpty() || each.isOf(namespace))
                        .allMatch(each -> each.informer().hasSynced());
    }

    @Override
    public void onComplete(Consumer<String> listener) {
        completions.add(listener);
    }

    @Override
    public boolean covers(String namespace) {
        return watched.stream().anyMatch(each -> each.isOf(namespace));
    }

    @Override
    public boolean isSelective() {
        return !labelSelector.isEmpty();
    }

    @Override
    public void close() {
        watched.forEach(each -> each.informer().stop());
    }

    static ObjectKey key(SealedSecret sealed) {
        ObjectMeta meta = sealed.getMetadata();
        return new ObjectKey(meta.getNamespace(), meta.getName());
    }

    private Watched watching(String namespace) {
        PrunedItemStore<SealedSecret> items = new PrunedItemStore<>(SealedSecretWatch::prune);
        var kind = client.resources(SealedSecret.class);
        var place = namespace.isEmpty() ? kind.inAnyNamespace() : kind.inNamespace(namespace);
        var chosen = labelSelector.isEmpty() ? place : place.withLabelSelector(labelSelector);
        SharedIndexInformer<SealedSecret> informer = chosen.withLimit(PAGE).runnableInformer(0);
        informer.itemStore(items);
        // The CRD may go and come back, and rights may; a watch that ended would see neither.
        informer.exceptionHandler((started, failure) -> true);
        informer.addEventHandler(new Handler());
        return new Watched(namespace, items, informer);
    }

    private static void prune(SealedSecret sealed) {
        ObjectMeta meta = sealed.getMetadata();
        @Nullable Map<String, String> annotations = meta.getAnnotations();
        if (annotations != null && annotations.containsKey(LAST_APPLIED)) {
            Map<String, String> rest = new HashMap<>(annotations);
            rest.remove(LAST_APPLIED);
            meta.setAnnotations(rest);
        }
        sealed.setApiVersion(SlimMetadata.shared(sealed.getApiVersion()));
        sealed.setKind(SlimMetadata.shared(sealed.getKind()));
        SlimMetadata.apply(meta);
    }

    private void tell(SealedSecret sealed) {
        ObjectKey key = key(sealed);
        listeners.forEach(listener -> listener.accept(key));
    }

    private final class Handler implements ResourceEventHandler<SealedSecret> {

        @Override
        public void onAdd(SealedSecret sealed) {
            tell(sealed);
        }

        @Override
        public void onUpdate(SealedSecret before, SealedSecret now) {
            onEcho.accept(now);
            boolean ends =
                    !Objects.equals(
                            before.getMetadata().getDeletionTimestamp(),
                            now.getMetadata().getDeletionTimestamp());
            if (ends || ObjectNews.isIn(now, before)) {
                tell(now);
            }
        }

        @Override
        public void onDelete(SealedSecret sealed, boolean finalStateUnknown) {
            tell(sealed);
        }
    }
}

package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecret;
import dev.signet.operator.kube.ObjectNews;
import dev.signet.operator.store.StoreKey;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.Objects;

/** Finds ExternalSecrets by the target that they keep and by the stores that they use. */
final class ExternalSecretIndex {

    private static final String BY_TARGET = "target";
    private static final String BY_STORE = "store";

    private ExternalSecretIndex() {}

    static void addTo(EventSourceContext<ExternalSecret> context) {
        IndexerResourceCache<ExternalSecret> cache = context.getPrimaryCache();
        cache.addIndexer(
                BY_TARGET,
                es ->
                        List.of(
                                Buckets.of(
                                        target(
                                                es.getMetadata().getNamespace(),
                                                Targets.nameOf(es)))));
        cache.addIndexer(BY_STORE, ExternalSecretIndex::stores);
    }

    /** Those whose target is the Secret of this name. */
    static List<ExternalSecret> keeping(
            IndexedResourceCache<ExternalSecret> cache, ResourceID secret) {
        String target = target(secret.getNamespace().orElse(""), secret.getName());
        return cache.byIndex(BY_TARGET, Buckets.of(target)).stream()
                .filter(es ->
                        target.equals(target(es.getMetadata().getNamespace(), Targets.nameOf(es))))
                .toList();
    }

    private static String target(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** Those that read from this store. */
    static List<ExternalSecret> using(IndexedResourceCache<ExternalSecret> cache, StoreKey store) {
        return cache.byIndex(BY_STORE, store.toString());
    }

    /** The first store that it reads from; empty when it names none. */
    static String firstStore(ExternalSecret es) {
        List<String> stores = stores(es);
        return stores.isEmpty() ? "" : stores.getFirst();
    }

    /** Whether more than the status differs. */
    static boolean isNews(ExternalSecret now, ExternalSecret before) {
        ObjectMeta a = now.getMetadata();
        ObjectMeta b = before.getMetadata();
        return ObjectNews.isIn(now, before)
                || !Objects.equals(a.getFinalizers(), b.getFinalizers())
                || !Objects.equals(a.getDeletionTimestamp(), b.getDeletionTimestamp());
    }

    private static List<String> stores(ExternalSecret es) {
        return es.getSpec() == null
                ? List.of()
                : SecretReader.stores(es.getSpec(), es.getMetadata().getNamespace()).stream()
                        .map(StoreKey::toString)
                        .toList();
    }
}

package dev.signet.operator.store;

import dev.signet.operator.cache.PrunedItemStore;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the Secrets and ConfigMaps that stores refer to, one by one, and tells whose changed.
 *
 * <p>Each is watched by its name, so that the other Secrets of a cluster are neither read nor held.
 * Past {@link #LIMIT} watches no more are opened: those references are then noticed at the store's
 * next validation.
 *
 * @param <K> who follows: told of by the listener
 */
final class ReferenceWatch<K> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ReferenceWatch.class);

    /** The most objects watched at once. */
    static final int LIMIT = 2_000;

    /**
     * The most objects watched in one namespace, so that one tenant cannot use up what all need.
     */
    static final int NAMESPACE_LIMIT = 100;

    /** No annotation of a real object can have this name. */
    private static final String DIGEST = "actual data digest";

    /** Says what an object may be used for, in External Secrets. */
    private static final String TYPE = "external-secrets.io/type";

    /** What is watched. */
    record Target(boolean secret, String namespace, String name) {}

    private final KubernetesClient client;
    private final Consumer<K> onChange;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Target, Set<K>> followers = new HashMap<>();
    private final Map<Target, SharedIndexInformer<? extends HasMetadata>> informers =
            new HashMap<>();

    ReferenceWatch(KubernetesClient client, Consumer<K> onChange) {
        this.client = client;
        this.onChange = onChange;
    }

    /**
     * From now on, {@code follower} is told when one of {@code targets} is made, changed or
     * deleted.
     */
    void follow(K follower, Set<Target> targets) {
        lock.lock();
        try {
            for (Target target : targets) {
                Set<K> known = followers.get(target);
                if (known == null) {
                    if (isFull(target.namespace())) {
                        log.atWarn()
                                .addKeyValue("namespace", target.namespace())
                                .addKeyValue("name", target.name())
                                .log("too many references to watch; this one is not");
                        continue;
                    }
                    known = new HashSet<>();
                    followers.put(target, known);
                    informers.put(target, start(target));
                }
                known.add(follower);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends all that such followers follow. */
    void forget(Predicate<K> which) {
        lock.lock();
        try {
            followers
                    .entrySet()
                    .removeIf(entry -> {
                        entry.getValue().removeIf(which);
                        if (!entry.getValue().isEmpty()) {
                            return false;
                        }
                        var informer = informers.remove(entry.getKey());
                        if (informer != null) {
                            informer.stop();
                        }
                        return true;
                    });
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            informers.values().forEach(SharedIndexInformer::stop);
            informers.clear();
            followers.clear();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(String namespace) {
        return followers.size() >= LIMIT
                || followers.keySet().stream()
                                .filter(target -> target.namespace().equals(namespace))
                                .count()
                        >= NAMESPACE_LIMIT;
    }

    private void changed(Target target) {
        Set<K> told;
        lock.lock();
        try {
            told = Set.copyOf(followers.getOrDefault(target, Set.of()));
        } finally {
            lock.unlock();
        }
        told.forEach(onChange);
    }

    private SharedIndexInformer<? extends HasMetadata> start(Target target) {
        return target.secret()
                ? start(target, client.secrets(), this::dropSecretData)
                : start(target, client.configMaps(), this::dropConfigMapData);
    }

    private <T extends HasMetadata, L extends KubernetesResourceList<T>, R extends Resource<T>>
            SharedIndexInformer<T> start(
                    Target target, MixedOperation<T, L, R> kind, Consumer<T> prune) {
        Informable<T> one = kind.inNamespace(target.namespace()).withName(target.name());
        SharedIndexInformer<T> informer = one.runnableInformer(0);
        informer.itemStore(new PrunedItemStore<>(prune));
        // A first list that fails, for whatever reason, must not end the watch.
        informer.exceptionHandler((started, failure) -> true);
        var seenAtStart = new CompletableFuture<String>();
        informer.addEventHandler(new Handler<>(target, seenAtStart));
        informer.start()
                .whenComplete((done, failure) ->
                        seenAtStart.complete(
                                informer.getStore().list().stream()
                                        .findFirst()
                                        .map(ReferenceWatch::digest)
                                        .orElse("")));
        return informer;
    }

    private void dropSecretData(Secret secret) {
        keepDigest(secret, secret.getData());
        secret.setData(null);
        secret.setStringData(null);
    }

    private void dropConfigMapData(ConfigMap map) {
        Map<String, String> all = new TreeMap<>();
        if (map.getData() != null) {
            all.putAll(map.getData());
        }
        if (map.getBinaryData() != null) {
            all.putAll(map.getBinaryData());
        }
        keepDigest(map, map.getData() == null && map.getBinaryData() == null ? null : all);
        map.setData(null);
        map.setBinaryData(null);
    }

    // The data itself is not held; whether it changed is told by its digest, which is not shown.
    private static void keepDigest(HasMetadata object, @Nullable Map<String, String> data) {
        var meta = object.getMetadata();
        meta.setManagedFields(null);
        String known = digest(object);
        if (data != null || known.isEmpty()) {
            Map<String, String> all = new TreeMap<>(data == null ? Map.of() : data);
            if (meta.getLabels() != null && meta.getLabels().containsKey(TYPE)) {
                // What it may be used for changes too; no key of data has this name.
                all.put("the label " + TYPE, meta.getLabels().get(TYPE));
            }
            meta.setAnnotations(Map.of(DIGEST, sha256(all)));
        }
    }

    private static String digest(HasMetadata object) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(DIGEST, "");
    }

    private static String sha256(Map<String, String> data) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(data)
                    .forEach((key, value) -> {
                        digest.update(key.getBytes(StandardCharsets.UTF_8));
                        digest.update((byte) 0);
                        digest.update(value.getBytes(StandardCharsets.UTF_8));
                        digest.update((byte) 0);
                    });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }

    private final class Handler<T extends HasMetadata> implements ResourceEventHandler<T> {

        private final Target target;
        private final CompletableFuture<String> seenAtStart;

        Handler(Target target, CompletableFuture<String> seenAtStart) {
            this.target = target;
            this.seenAtStart = seenAtStart;
        }

        @Override
        public void onAdd(T object) {
            // The first list reports what was there already, which is no change.
            var _ =
                    seenAtStart.thenAccept(digest -> {
                        if (!digest.equals(digest(object))) {
                            changed(target);
                        }
                    });
        }

        @Override
        public void onUpdate(T before, T now) {
            if (!digest(before).equals(digest(now))) {
                changed(target);
            }
        }

        @Override
        public void onDelete(T object, boolean finalStateUnknown) {
            changed(target);
        }
    }
}

package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecret;
import dev.signet.operator.cache.PrunedItemStore;
import dev.signet.operator.externalsecret.rules.FallbackMark;
import dev.signet.operator.externalsecret.rules.Marks;
import dev.signet.operator.externalsecret.rules.TargetState;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The managed Secrets as stubs, kept by a watch on the label that marks them. */
final class TargetCache {

    private static final Logger log = LoggerFactory.getLogger(TargetCache.class);
    private static final String BY_OWNER = "created-by";
    private static final long PAGE = 500;

    private final InformerEventSource<Secret, ExternalSecret> source;

    private TargetCache(InformerEventSource<Secret, ExternalSecret> source) {
        this.source = source;
    }

    /**
     * @param keptBy names the ExternalSecrets whose target is the Secret of a name
     */
    static TargetCache watching(
            EventSourceContext<ExternalSecret> context,
            Function<ResourceID, Set<ResourceID>> keptBy) {
        var configuration =
                InformerEventSourceConfiguration.from(Secret.class, ExternalSecret.class)
                        .withNamespacesInheritedFromController()
                        .withLabelSelector(Marks.MANAGED_LABEL + "=" + Marks.MANAGED_VALUE)
                        .withSecondaryToPrimaryMapper(
                                secret -> keptBy.apply(ResourceID.fromResource(secret)))
                        .withPrimaryToSecondaryMapper((ExternalSecret es) ->
                                Set.of(
                                        new ResourceID(
                                                Targets.nameOf(es),
                                                es.getMetadata().getNamespace())))
                        // What is there at start is compared when its ExternalSecret is looked at.
                        .withOnAddFilter(secret -> false)
                        .withOnUpdateFilter((now, before) -> differs(now))
                        .withItemStore(new PrunedItemStore<>(TargetStub::prune))
                        .withInformerListLimit(PAGE)
                        .build();
        var source = new InformerEventSource<>(configuration, context);
        source.addIndexers(
                Map.of(
                        BY_OWNER,
                        secret ->
                                List.of(Buckets.of(TargetStub.label(secret, Marks.OWNER_LABEL)))));
        return new TargetCache(source);
    }

    InformerEventSource<Secret, ExternalSecret> source() {
        return source;
    }

    /**
     * Lists and watches, unless that has been done. A failure is left to the framework, which does
     * the same later and tells of it.
     */
    void load() {
        try {
            source.start();
        } catch (RuntimeException e) {
            log.atDebug().addKeyValue("failure", e.getClass().getName()).log("targets not loaded");
        }
    }

    /** The stub of a Secret; empty when there is none that is marked as managed. */
    Optional<Secret> find(String namespace, String name) {
        return source.get(new ResourceID(name, namespace));
    }

    /**
     * Takes note of a Secret that was made just now. Until the watch reports it, another look at
     * its ExternalSecret would else find no target, and read the backend once more for nothing.
     */
    void created(Secret secret) {
        TargetStub.prune(secret);
        source.handleRecentResourceCreate(ResourceID.fromResource(secret), secret);
    }

    /** What decides whether the Secret is as it was written. */
    TargetState state(String namespace, String name) {
        return find(namespace, name)
                .map(stub ->
                        TargetState.of(
                                stub.getMetadata().getLabels(),
                                stub.getMetadata().getAnnotations(),
                                TargetStub.actualHash(stub)))
                .orElse(TargetState.ABSENT);
    }

    /** Where the values in a target came from, as far as its stub tells. */
    enum Origin {
        /** There is no target, or it is shared with others. */
        UNKNOWN,
        STORE,
        FALLBACK
    }

    /** Where the values in the target of this ExternalSecret came from. */
    Origin origin(ExternalSecret es) {
        boolean whole = Targets.isWhole(es);
        return find(es.getMetadata().getNamespace(), Targets.nameOf(es))
                .map(stub -> {
                    String mark = TargetStub.annotation(stub, FallbackMark.ANNOTATION);
                    if (FallbackMark.in(Map.of(FallbackMark.ANNOTATION, mark))
                            .isOf(es.getMetadata().getName(), whole)) {
                        return Origin.FALLBACK;
                    }
                    return whole ? Origin.STORE : Origin.UNKNOWN;
                })
                .orElse(Origin.UNKNOWN);
    }

    /** The names of the Secrets in a namespace that carry this owner's label. */
    List<String> createdBy(String namespace, String ownerHash) {
        return source.byIndex(BY_OWNER, Buckets.of(ownerHash)).stream()
                .filter(secret ->
                        secret.getMetadata().getNamespace().equals(namespace)
                                && TargetStub.label(secret, Marks.OWNER_LABEL).equals(ownerHash))
                .map(secret -> secret.getMetadata().getName())
                .toList();
    }

    private static boolean differs(Secret stub) {
        return !TargetStub.actualHash(stub)
                .equals(TargetStub.annotation(stub, Marks.DATA_HASH_ANNOTATION));
    }
}

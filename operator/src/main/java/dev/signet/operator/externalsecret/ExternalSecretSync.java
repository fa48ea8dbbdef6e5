package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecret;
import dev.signet.api.ExternalSecretSpec;
import dev.signet.api.ExternalSecretStatus;
import dev.signet.api.ExternalSecretTarget;
import dev.signet.api.StatusCondition;
import dev.signet.operator.event.EventRecorder;
import dev.signet.operator.externalsecret.rules.GoHash;
import dev.signet.operator.externalsecret.rules.RefreshWindows;
import dev.signet.operator.externalsecret.rules.RuleException;
import dev.signet.operator.externalsecret.rules.SecretBuilder;
import dev.signet.operator.externalsecret.rules.SpecProblems;
import dev.signet.operator.externalsecret.rules.SyncDecision;
import dev.signet.operator.externalsecret.rules.SyncInput;
import dev.signet.operator.externalsecret.rules.SyncReason;
import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.operator.observe.ConditionStatus;
import dev.signet.operator.observe.ObjectKind;
import dev.signet.operator.observe.SyncMetrics;
import dev.signet.operator.refresh.Jitter;
import dev.signet.operator.store.Store;
import dev.signet.operator.store.StoreKey;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look at an ExternalSecret: decide, read, build, write, tell. */
final class ExternalSecretSync {

    private static final Logger log = LoggerFactory.getLogger(ExternalSecretSync.class);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    static final String COMPONENT = "external-secrets";

    private final StoreGate gate;
    private final SecretReader reader;
    private final SecretWriter writer;
    private final TargetRemoval removal;
    private final StatusWriter statuses;
    private final TargetCache targets;
    private final EventRecorder events;
    private final SyncMetrics metrics;
    private final Jitter jitter;
    private final Clock clock;

    ExternalSecretSync(
            StoreGate gate,
            SecretReader reader,
            SecretWriter writer,
            TargetRemoval removal,
            StatusWriter statuses,
            TargetCache targets,
            SyncParts parts) {
        this.gate = gate;
        this.reader = reader;
        this.writer = writer;
        this.removal = removal;
        this.statuses = statuses;
        this.targets = targets;
        this.events = parts.events();
        this.metrics = parts.metrics();
        this.jitter = new Jitter(parts.random());
        this.clock = parts.clock();
    }

    /**
     * What one look goes by.
     *
     * @param version generation and metadata of the ExternalSecret, as {@code
     *     status.syncedResourceVersion} has it
     */
    private record Look(
            ExternalSecret es,
            ExternalSecretSpec spec,
            String namespace,
            ExternalSecretStatus before,
            String version,
            Instant begun) {}

    /** How a sync ended, as the Ready condition tells it. */
    private record Ending(String reason, String message, boolean bound) {}

    /** Looks at {@code es}, and says when to look again. */
    Next look(ExternalSecret es, Ask ask) throws InterruptedException {
        ExternalSecretSpec spec = es.getSpec();
        if (spec == null) {
            return new Next.Never();
        }
        String namespace = es.getMetadata().getNamespace();
        Set<StoreKey> storeKeys = SecretReader.stores(spec, namespace);
        if (gate.isForeign(storeKeys)) {
            return new Next.Never();
        }
        Look look =
                new Look(
                        es,
                        spec,
                        namespace,
                        Objects.requireNonNullElse(es.getStatus(), ExternalSecretStatus.NONE),
                        version(es),
                        clock.instant());
        try {
            check(spec);
            Optional<Next> later = later(look, ask);
            if (later.isPresent()) {
                return later.get();
            }
            if (gate.isUndecided(storeKeys) && !ask.lastChance()) {
                // A store that is being validated tells when it is done.
                return new Next.Undecided(ask.forced());
            }
            return sync(look, gate.pass(storeKeys, namespace));
        } catch (SyncException e) {
            return failed(look, e);
        }
    }

    private void check(ExternalSecretSpec spec) throws SyncException {
        List<String> problems = SpecProblems.of(spec);
        if (!problems.isEmpty()) {
            throw SyncException.lasting(SyncException.SPEC, String.join("; ", problems));
        }
    }

    /** When to look again, if no sync is due now. */
    private Optional<Next> later(Look look, Ask ask) {
        Duration interval = interval(look.spec());
        boolean repeats = isPeriodic(look.spec()) && interval.isPositive();
        SyncInput input =
                new SyncInput(
                        look.spec().refreshPolicy(),
                        // A refresh that the queue lets go a little early, to spread many, is due.
                        ask.granted() ? Jitter.earliest(interval) : interval,
                        look.spec().target().creationPolicy(),
                        RefreshWindows.of(look.spec().syncWindows()),
                        instant(look.before().refreshTime()),
                        look.before().syncedResourceVersion(),
                        look.version(),
                        targets.state(look.namespace(), Targets.nameOf(look.es())),
                        look.begun());
        return switch (SyncDecision.of(input)) {
            case SyncDecision.Sync due when isAbsentByPolicy(look, due, ask) ->
                    Optional.of(nextRefresh(look, instant(look.before().refreshTime())));
            case SyncDecision.Sync due -> {
                boolean refresh = due.reason() == SyncReason.INTERVAL_OVER;
                // A refresh waits its turn in the queue, so that new and changed objects go first.
                yield refresh && !ask.granted()
                        ? Optional.of(new Next.Refresh(look.begun()))
                        : Optional.empty();
            }
            case SyncDecision.Skip skip -> {
                Optional<StatusCondition> ready = look.before().condition(StatusCondition.READY);
                boolean failing = ready.filter(found -> !found.isTrue()).isPresent();
                ready.ifPresent(found ->
                        condition(
                                look,
                                found.isTrue() ? ConditionStatus.TRUE : ConditionStatus.FALSE));
                if (repeats && (ask.forced() || failing)) {
                    yield Optional.empty();
                }
                if (failing) {
                    // It is read once only, and what had failed since is mended.
                    statuses.write(look.es(), look.before(), statuses.recovered(look.before()));
                }
                yield Optional.of(nextRefresh(look, instant(look.before().refreshTime())));
            }
        };
    }

    /** Whether the target is missing because the last sync left it so, and no refresh is due. */
    private static boolean isAbsentByPolicy(Look look, SyncDecision.Sync due, Ask ask) {
        return due.reason() == SyncReason.TARGET_MISSING
                && !ask.forced()
                && look.before()
                        .condition(StatusCondition.READY)
                        .filter(StatusCondition::isTrue)
                        .filter(ready -> Reasons.WITHOUT_TARGET.contains(ready.message()))
                        .isPresent();
    }

    private Next sync(Look look, Map<StoreKey, Store> stores)
            throws SyncException, InterruptedException {
        SecretReader.Reading reading = reader.read(look.spec(), look.namespace(), stores);
        for (String missing : reading.missing()) {
            events.normal(look.es(), COMPONENT, Reasons.EVENT_MISSING, missing);
        }
        SortedMap<String, byte[]> wanted;
        try {
            wanted = SecretBuilder.build(look.spec(), reading.values());
        } catch (RuleException e) {
            throw SyncException.passing(SyncException.READ, e.text());
        }
        Ending ending =
                wanted.isEmpty()
                        ? withoutData(look, reading.isAllGone(look.spec()), wanted)
                        : write(look, wanted);
        if (ending.bound()) {
            removal.orphans(look.es());
        }
        tell(look, ending);
        return nextRefresh(look, look.begun());
    }

    private Ending withoutData(Look look, boolean allGone, SortedMap<String, byte[]> none)
            throws SyncException {
        return switch (look.spec().target().deletionPolicy()) {
            case ExternalSecretTarget.DELETE -> {
                if (!allGone) {
                    // A secret without keys, or whose keys were all rewritten away, is not missing.
                    throw SyncException.passing(
                            SyncException.READ,
                            "spec.dataFrom: the secrets are there and give no keys, which is no reason to delete; mend the entries, or the secrets");
                }
                if (removal.delete(look.es())) {
                    events.normal(
                            look.es(), COMPONENT, Reasons.EVENT_DELETED, Reasons.SECRET_DELETED);
                }
                yield new Ending(Reasons.DELETED, Reasons.SECRET_DELETED, false);
            }
            case ExternalSecretTarget.RETAIN ->
                    new Ending(Reasons.SYNCED, Reasons.SECRET_RETAINED, false);
            default -> write(look, none);
        };
    }

    private Ending write(Look look, SortedMap<String, byte[]> wanted) throws SyncException {
        String name = Targets.nameOf(look.es());
        Optional<Secret> stub = targets.find(look.namespace(), name);
        boolean sameSource = look.version().equals(look.before().syncedResourceVersion());
        return switch (writer.write(look.es(), wanted, stub, sameSource)) {
            case CREATED -> {
                events.normal(look.es(), COMPONENT, Reasons.EVENT_CREATED, Reasons.SECRET_CREATED);
                yield new Ending(Reasons.SYNCED, Reasons.SECRET_SYNCED, true);
            }
            case UPDATED -> {
                events.normal(look.es(), COMPONENT, Reasons.EVENT_UPDATED, Reasons.SECRET_UPDATED);
                yield new Ending(Reasons.SYNCED, Reasons.SECRET_SYNCED, true);
            }
            case UNCHANGED -> new Ending(Reasons.SYNCED, Reasons.SECRET_SYNCED, true);
            case NOT_WRITTEN -> new Ending(Reasons.SYNCED, Reasons.SECRET_SYNCED, false);
            case ABSENT -> new Ending(Reasons.MISSING, Reasons.SECRET_NOT_CREATED, false);
        };
    }

    private void tell(Look look, Ending ending) throws SyncException {
        ExternalSecretStatus after =
                statuses.synced(
                        look.before(),
                        look.begun(),
                        look.version(),
                        ending.bound() ? Targets.nameOf(look.es()) : null,
                        ending.reason(),
                        ending.message());
        try {
            statuses.write(look.es(), look.before(), after);
        } catch (KubernetesClientException e) {
            throw SyncException.passing("could not update status", KubernetesErrors.text(e));
        }
        condition(look, ConditionStatus.TRUE);
        log.atDebug()
                .addKeyValue("externalsecret", look.namespace() + "/" + name(look))
                .addKeyValue("message", ending.message())
                .log("synced");
    }

    private Next failed(Look look, SyncException e) {
        metrics.syncFailed(look.namespace(), name(look));
        condition(look, ConditionStatus.FALSE);
        ExternalSecretStatus after = statuses.failed(look.before(), e.text());
        try {
            if (statuses.write(look.es(), look.before(), after)) {
                events.warning(look.es(), COMPONENT, Reasons.EVENT_FAILED, e.text());
                log.atWarn()
                        .addKeyValue("externalsecret", look.namespace() + "/" + name(look))
                        .addKeyValue("cause", e.text())
                        .log("sync failed");
            }
        } catch (KubernetesClientException unwritten) {
            if (!KubernetesErrors.isNotFound(unwritten)) {
                log.atWarn()
                        .addKeyValue("externalsecret", look.namespace() + "/" + name(look))
                        .addKeyValue("cause", e.text())
                        .addKeyValue("status", KubernetesErrors.text(unwritten))
                        .log("sync failed, and its status could not be written");
                return new Next.Retry(e.retryAfter());
            }
        }
        return e.retry() ? new Next.Retry(e.retryAfter()) : new Next.Stuck();
    }

    private Next nextRefresh(Look look, @Nullable Instant refreshTime) {
        if (refreshTime == null) {
            return new Next.Never();
        }
        return SyncDecision.nextDue(
                        look.spec().refreshPolicy(),
                        jitter.spread(interval(look.spec())),
                        RefreshWindows.of(look.spec().syncWindows()),
                        refreshTime,
                        clock.instant())
                .<Next>map(Next.Refresh::new)
                .orElseGet(Next.Never::new);
    }

    private void condition(Look look, ConditionStatus status) {
        metrics.condition(
                ObjectKind.EXTERNAL_SECRET,
                look.namespace(),
                name(look),
                StatusCondition.READY,
                status);
    }

    // Nobody needs a shorter one, and it would read the backend without end.
    private static Duration interval(ExternalSecretSpec spec) {
        Duration asked = spec.refreshEvery();
        return asked.isPositive() && asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked;
    }

    private static boolean isPeriodic(ExternalSecretSpec spec) {
        return spec.refreshPolicy().isEmpty()
                || spec.refreshPolicy().equals(ExternalSecretSpec.PERIODIC);
    }

    private static String name(Look look) {
        return look.es().getMetadata().getName();
    }

    private static String version(ExternalSecret es) {
        var meta = es.getMetadata();
        return GoHash.syncedResourceVersion(
                meta.getGeneration() == null ? 0 : meta.getGeneration(),
                meta.getLabels() == null ? Map.of() : meta.getLabels(),
                meta.getAnnotations() == null ? Map.of() : meta.getAnnotations());
    }

    private static @Nullable Instant instant(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}

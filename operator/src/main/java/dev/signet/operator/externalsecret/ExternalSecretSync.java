package dev.signet.operator.externalsecret;

import dev.signet.api.ExternalSecret;
import dev.signet.api.ExternalSecretSpec;
import dev.signet.operator.event.EventRecorder;
import dev.signet.operator.externalsecret.rules.RuleException;
import dev.signet.operator.externalsecret.rules.SecretBuilder;
import dev.signet.operator.externalsecret.rules.SpecProblems;
import dev.signet.operator.refresh.Jitter;
import dev.signet.operator.store.StoreKey;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** One look at an ExternalSecret: decide, read, build, write, tell. */
final class ExternalSecretSync {

    static final String COMPONENT = "external-secrets";

    private final StoreGate gate;
    private final DueStep due;
    private final SecretReader reader;
    private final TargetCache targets;
    private final FallbackUse uses;
    private final TargetStep target;
    private final StatusStep status;
    private final EventRecorder events;
    private final Clock clock;

    ExternalSecretSync(
            StoreGate gate,
            SecretReader reader,
            SecretWriter writer,
            TargetRemoval removal,
            StatusWriter statuses,
            TargetCache targets,
            FallbackUse uses,
            SyncParts parts) {
        this.gate = gate;
        this.reader = reader;
        this.targets = targets;
        this.uses = uses;
        this.target = new TargetStep(writer, removal, targets, parts.events());
        this.status = new StatusStep(statuses, parts.events(), parts.metrics());
        this.due = new DueStep(targets, status, new Jitter(parts.random()), parts.clock());
        this.events = parts.events();
        this.clock = parts.clock();
    }

    /** Looks at {@code es}, and says when to look again. */
    Next look(ExternalSecret es, Ask ask) throws InterruptedException {
        ExternalSecretSpec spec = es.getSpec();
        if (spec == null) {
            return new Next.Never();
        }
        Set<StoreKey> storeKeys = SecretReader.stores(spec, es.getMetadata().getNamespace());
        if (gate.isForeign(storeKeys)) {
            return new Next.Never();
        }
        Look look = Look.at(es, spec, clock.instant());
        try {
            check(spec);
            Optional<Next> later = due.later(look, ask);
            if (later.isPresent()) {
                return later.get();
            }
            TargetCache.Origin origin = targets.origin(es);
            if (isEarly(storeKeys, origin) && !ask.lastChance()) {
                // A store that is being validated tells when it is done.
                return new Next.Undecided(ask.forced());
            }
            boolean keeps = origin == TargetCache.Origin.STORE;
            return sync(look, gate.pass(storeKeys, look.namespace(), keeps), keeps);
        } catch (SyncException e) {
            return status.failed(look, e);
        }
    }

    private boolean isEarly(Set<StoreKey> stores, TargetCache.Origin origin) {
        return gate.isUndecided(stores)
                || (origin != TargetCache.Origin.FALLBACK && gate.isAwaited(stores));
    }

    private static void check(ExternalSecretSpec spec) throws SyncException {
        List<String> problems = SpecProblems.of(spec);
        if (!problems.isEmpty()) {
            throw SyncException.lasting(SyncException.SPEC, String.join("; ", problems));
        }
    }

    private Next sync(Look look, Map<StoreKey, Source> sources, boolean keeps)
            throws SyncException, InterruptedException {
        SecretReader.Reading reading =
                reader.read(
                        look.spec(),
                        sources,
                        new SourceReader.Reader(look.key(), Targets.nameOf(look.es()), keeps));
        for (String missing : reading.missing()) {
            events.normal(look.es(), COMPONENT, Reasons.EVENT_MISSING, missing);
        }
        Ending ending = target.apply(look, reading, wanted(look, reading));
        status.synced(look, ending, reading.substitutes());
        uses.synced(look.key(), reading.substitutes());
        return reading.substitutes().isEmpty()
                ? due.after(look, look.begun())
                : due.afterFallback(look);
    }

    private static SortedMap<String, byte[]> wanted(Look look, SecretReader.Reading reading)
            throws SyncException {
        try {
            return SecretBuilder.build(look.spec(), reading.values());
        } catch (RuleException e) {
            throw SyncException.passing(SyncException.READ, e.text());
        }
    }
}

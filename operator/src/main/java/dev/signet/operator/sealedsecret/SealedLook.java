package dev.signet.operator.sealedsecret;

import dev.signet.api.sealed.SealedSecret;
import dev.signet.api.sealed.SealedSecretCondition;
import dev.signet.api.sealed.SealedSecretOutcome;
import dev.signet.api.sealed.SealedSecretStatus;
import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.operator.observe.SealedSecretMetrics;
import dev.signet.operator.observe.SealedSecretMetrics.Failure;
import dev.signet.operator.refresh.Backoff;
import dev.signet.operator.refresh.ObjectKey;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.Opener;
import dev.signet.sealed.Unsealed;
import dev.signet.sealed.Unsealer;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One look at a SealedSecret: is its Secret as it should be? If not, it is made so. */
final class SealedLook {

    private static final Logger log = LoggerFactory.getLogger(SealedLook.class);
    private static final Duration AFTER_CONFLICT = Duration.ofMillis(200);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int REMEMBERED = 100_000;

    /** How often a Secret is looked at that the watch leaves out. */
    private static final Duration UNWATCHED = Duration.ofMinutes(5);

    private final SealedParts parts;
    private final Sources sources;
    private final SealedStatuses statuses;
    private final SealedReports reports;
    private final Unsealer unsealer;
    private final SealedInputs inputs;
    private final UnsealedWriter writer;
    private final SealedSecretMetrics metrics;
    private final Calm calm;
    private final Backoff<ObjectKey> backoff;
    private final BiConsumer<ObjectKey, Duration> again;
    private final ConcurrentMap<ObjectKey, Unopenable> unopenable = new ConcurrentHashMap<>();

    /** Whom the watch had not brought as the API server has them. */
    private final Set<ObjectKey> behind = ConcurrentHashMap.newKeySet();

    /** What a look goes by. */
    record Sources(SealedSecretWatch sealedSecrets, @Nullable SecretWatch secrets, Keys keys) {}

    /** What these keys do not open: trying again costs a lot, and gives the same. */
    private record Unopenable(String inputs, KeyRing ring, String message) {}

    /**
     * @param again asks for another look, after a while
     */
    SealedLook(
            SealedParts parts,
            UnsealSettings settings,
            Sources sources,
            SealedStatuses statuses,
            Opener opener,
            Calm calm,
            BiConsumer<ObjectKey, Duration> again) {
        this.parts = parts;
        this.sources = sources;
        this.statuses = statuses;
        this.reports = new SealedReports(parts, statuses, settings.updateStatus());
        this.unsealer = new Unsealer(opener, parts.mapper(), settings.acceptLegacy());
        this.inputs = new SealedInputs(parts.mapper(), settings.acceptLegacy());
        this.writer = new UnsealedWriter(parts.client(), parts.calls());
        this.metrics = parts.metrics().sealedSecrets();
        this.calm = calm;
        this.backoff = new Backoff<>(parts.random(), FIRST, LONGEST, REMEMBERED);
        this.again = again;
    }

    /** Looks, and asks for the next look where one is needed. Throws nothing. */
    void at(ObjectKey key) {
        try {
            Optional<SealedSecret> found = find(key);
            if (found.isEmpty()) {
                forget(key);
            } else if (found.get().getMetadata().getDeletionTimestamp() == null) {
                at(key, found.get());
                behind.remove(key);
            }
        } catch (KubernetesClientException e) {
            hindered(key, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            broken(key, e);
        }
    }

    private Optional<SealedSecret> find(ObjectKey key) {
        Optional<SealedSecret> known = sources.sealedSecrets().find(key);
        if (known.isEmpty() || !behind.contains(key)) {
            return known;
        }
        try {
            return Optional.ofNullable(
                    parts.client()
                            .resources(SealedSecret.class)
                            .inNamespace(key.namespace())
                            .withName(key.name())
                            .get());
        } catch (KubernetesClientException e) {
            if (KubernetesErrors.isDenied(e)) {
                return known;
            }
            metrics.failed(Failure.FETCH, key.namespace());
            throw e;
        }
    }

    private void at(ObjectKey key, SealedSecret sealed) throws InterruptedException {
        SealedSecretStatus before = statuses.latest(sealed);
        String now = inputs.of(sealed);
        boolean told = saysSynced(sealed, before);
        @Nullable SealedSecretOutcome outcome = before.unsealed();
        if (outcome != null
                && outcome.inputs().equals(now)
                && isInStep(key, sealed, outcome, told)) {
            if (told) {
                reports.stillSynced(sealed);
            } else {
                // It was not told of: the status could not be written, or told of something else
                // meanwhile.
                reports.synced(sealed, before, outcome);
            }
            inStep(key, sealed);
            return;
        }
        KeyRing ring = sources.keys().current();
        Unopenable known = unopenable.get(key);
        if (known != null && known.inputs().equals(now) && known.ring().equals(ring)) {
            metrics.failed(Failure.UNSEAL, key.namespace());
            failed(key, sealed, before, unopened(known.message()));
            return;
        }
        metrics.unsealing();
        switch (unsealer.unseal(sealed, ring)) {
            case Unsealed.Made made -> {
                unopenable.remove(key);
                made(key, sealed, before, now, made);
            }
            case Unsealed.Unopened unopened ->
                    closed(key, sealed, before, now, ring, FailureText.of(sealed, unopened, ring));
            case Unsealed.Refused refused ->
                    closed(key, sealed, before, now, ring, FailureText.bounded(refused.message()));
        }
    }

    private static boolean saysSynced(SealedSecret sealed, SealedSecretStatus before) {
        return !before.conditions().isEmpty()
                && before.conditions().getFirst().isTrue()
                && before.conditions().getFirst().type().equals(SealedSecretCondition.SYNCED)
                && isObserved(sealed, before);
    }

    private static boolean isObserved(SealedSecret sealed, SealedSecretStatus before) {
        return Objects.equals(before.observedGeneration(), sealed.getMetadata().getGeneration());
    }

    /** From watch and outcome alone: nothing is opened, and nothing of a Secret is read. */
    private boolean isInStep(
            ObjectKey key, SealedSecret sealed, SealedSecretOutcome outcome, boolean told) {
        if (SealedInputs.isStoreOnly(sealed)) {
            return true;
        }
        SecretStates.State written =
                SecretStates.State.of(outcome.secretUid(), outcome.secretResourceVersion());
        if (sources.secrets() == null) {
            return told || state(key).equals(Optional.of(written));
        }
        Optional<SecretStates.State> seen = sources.secrets().find(key);
        // Older than what was written: the watch has not caught up.
        return seen.isPresent()
                ? seen.get().equals(written) || seen.get().isBefore(written)
                : state(key).equals(Optional.of(written));
    }

    private Optional<SecretStates.State> state(ObjectKey key) {
        try {
            return writer.state(key.namespace(), key.name());
        } catch (KubernetesClientException e) {
            metrics.failed(Failure.FETCH, key.namespace());
            throw e;
        }
    }

    private void made(
            ObjectKey key,
            SealedSecret sealed,
            SealedSecretStatus before,
            String now,
            Unsealed.Made made) {
        List<String> openers = List.copyOf(new TreeSet<>(made.openedBy()));
        if (SealedInputs.isStoreOnly(sealed)) {
            reached(key, sealed, before, new SealedSecretOutcome(now, "", "", openers));
            return;
        }
        @Nullable SealedSecretOutcome was = before.unsealed();
        // Not the hash alone: another version of the operator may take it over other things.
        boolean sameInputs =
                isObserved(sealed, before)
                        && (saysSynced(sealed, before)
                                || (was != null && was.inputs().equals(now)));
        Written written = write(key, sealed, made, was == null ? "" : was.secretUid(), !sameInputs);
        if (sameInputs || written instanceof Written.Refused) {
            calm.answered(key);
        }
        switch (written) {
            case Written.Done done -> {
                if (done.changed()) {
                    reports.wrote(key);
                }
                reached(
                        key,
                        sealed,
                        before,
                        new SealedSecretOutcome(now, done.uid(), done.resourceVersion(), openers));
            }
            case Written.Refused refused -> {
                metrics.failed(
                        refused.unmanaged() ? Failure.UNMANAGED : Failure.UPDATE, key.namespace());
                String message = FailureText.bounded(refused.message());
                failed(
                        key,
                        sealed,
                        before,
                        new SealedReports.Problem(
                                SealedReasons.UPDATE_FAILED, message, "failed update: " + message));
            }
        }
    }

    private Written write(
            ObjectKey key,
            SealedSecret sealed,
            Unsealed.Made made,
            String knownUid,
            boolean whole) {
        boolean exists = sources.secrets() == null || sources.secrets().find(key).isPresent();
        try {
            return writer.write(
                    made.secret(), sealed.getMetadata().getUid(), knownUid, whole, exists);
        } catch (KubernetesClientException e) {
            if (KubernetesErrors.isOutage(e) || KubernetesErrors.isNamespaceTerminating(e)) {
                metrics.failed(Failure.UPDATE, key.namespace());
                throw e;
            }
            return new Written.Refused(false, KubernetesErrors.text(e));
        }
    }

    private void reached(
            ObjectKey key,
            SealedSecret sealed,
            SealedSecretStatus before,
            SealedSecretOutcome outcome) {
        statuses.reached(sealed, outcome);
        reports.synced(sealed, before, outcome);
        inStep(key, sealed);
    }

    private void inStep(ObjectKey key, SealedSecret sealed) {
        backoff.succeeded(key);
        if (sources.secrets() != null
                && !SealedInputs.isStoreOnly(sealed)
                && sources.secrets().find(key).isEmpty()) {
            again.accept(key, UNWATCHED);
        }
    }

    private void closed(
            ObjectKey key,
            SealedSecret sealed,
            SealedSecretStatus before,
            String now,
            KeyRing ring,
            String message) {
        unopenable.put(key, new Unopenable(now, ring, message));
        metrics.failed(Failure.UNSEAL, key.namespace());
        failed(key, sealed, before, unopened(message));
    }

    private void failed(
            ObjectKey key,
            SealedSecret sealed,
            SealedSecretStatus before,
            SealedReports.Problem problem) {
        reports.failed(sealed, before, problem);
        again.accept(key, backoff.failed(key));
    }

    /** The API server did not let us; that says nothing about the SealedSecret. */
    private void hindered(ObjectKey key, KubernetesClientException e) {
        if (KubernetesErrors.isConflict(e) && behind.add(key)) {
            again.accept(key, AFTER_CONFLICT);
            return;
        }
        boolean first = backoff.failures(key) == 0;
        again.accept(key, backoff.failed(key));
        if (KubernetesErrors.isConflict(e) || (KubernetesErrors.isNotFound(e) && first)) {
            // It was most likely deleted while it was looked at; the watch tells of that.
            return;
        }
        log.atWarn()
                .addKeyValue("sealedSecret", key)
                .addKeyValue("cause", KubernetesErrors.text(e))
                .log("SealedSecret could not be brought in step");
    }

    private void broken(ObjectKey key, Throwable e) {
        // Its message may quote what was being read; what the JVM says of a null does not.
        boolean ofNull =
                e instanceof NullPointerException
                        && e.getMessage() != null
                        && e.getMessage().startsWith("Cannot ");
        log.atError()
                .addKeyValue("sealedSecret", key)
                .addKeyValue("failure", e.getClass().getName())
                .addKeyValue("message", ofNull ? e.getMessage() : "")
                .addKeyValue("at", places(e.getStackTrace()))
                .log("a look at a SealedSecret failed");
        again.accept(key, backoff.failed(key));
    }

    /** Where it was thrown, and how it came there. */
    private static List<StackTraceElement> places(StackTraceElement[] trace) {
        return Stream.concat(
                        Stream.of(trace).limit(1),
                        Stream.of(trace)
                                .skip(1)
                                .filter(at -> at.getClassName().startsWith("dev.signet."))
                                .limit(3))
                .toList();
    }

    private void forget(ObjectKey key) {
        reports.forget(key);
        backoff.succeeded(key);
        behind.remove(key);
        calm.forget(key);
        unopenable.remove(key);
    }

    private static SealedReports.Problem unopened(String message) {
        return new SealedReports.Problem(
                SealedReasons.UNSEAL_FAILED, "Failed to unseal: " + message, message);
    }
}

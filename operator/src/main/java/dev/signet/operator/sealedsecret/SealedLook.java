package dev.signet.operator.sealedsecret;

import dev.signet.api.sealed.SealedSecret;
import dev.signet.api.sealed.SealedSecretCondition;
import dev.signet.api.sealed.SealedSecretOutcome;
import dev.signet.api.sealed.SealedSecretStatus;
import dev.signet.operator.event.EventRecorder;
import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.operator.observe.ConditionStatus;
import dev.signet.operator.observe.SealedSecretMetrics;
import dev.signet.operator.observe.SealedSecretMetrics.Failure;
import dev.signet.operator.refresh.Backoff;
import dev.signet.operator.refresh.ObjectKey;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.Opener;
import dev.signet.sealed.Unsealed;
import dev.signet.sealed.Unsealer;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
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

    private final SealedParts parts;
    private final Sources sources;
    private final SealedStatuses statuses;
    private final Unsealer unsealer;
    private final SealedInputs inputs;
    private final UnsealedWriter writer;
    private final SealedSecretMetrics metrics;
    private final Calm calm;
    private final Backoff<ObjectKey> backoff;
    private final BiConsumer<ObjectKey, Duration> again;
    private final ConcurrentMap<ObjectKey, Unopenable> unopenable = new ConcurrentHashMap<>();

    /** What a look goes by. */
    record Sources(SealedSecretWatch sealedSecrets, @Nullable SecretWatch secrets, Keys keys) {}

    /** What these keys do not open: trying again costs a lot, and gives the same. */
    private record Unopenable(String inputs, KeyRing ring, String message) {}

    /** Why a SealedSecret is not in step. */
    private record Problem(Failure failure, String reason, String event, String message) {}

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
            Optional<SealedSecret> found = sources.sealedSecrets().find(key);
            if (found.isEmpty()) {
                forget(key);
            } else if (found.get().getMetadata().getDeletionTimestamp() == null) {
                at(key, found.get());
            }
        } catch (KubernetesClientException e) {
            hindered(key, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // Its message may quote what was being read.
            log.atError()
                    .addKeyValue("sealedSecret", key)
                    .addKeyValue("failure", e.getClass().getName())
                    .addKeyValue("at", List.of(e.getStackTrace()).stream().limit(3).toList())
                    .log("a look at a SealedSecret failed");
            again.accept(key, backoff.failed(key));
        }
    }

    private void at(ObjectKey key, SealedSecret sealed) throws InterruptedException {
        SealedSecretStatus before = statuses.latest(sealed);
        String now = inputs.of(sealed);
        if (isInStep(key, sealed, before, now)) {
            backoff.succeeded(key);
            show(sealed, ConditionStatus.TRUE);
            return;
        }
        KeyRing ring = sources.keys().current();
        Unopenable known = unopenable.get(key);
        if (known != null && known.inputs().equals(now) && known.ring().equals(ring)) {
            failed(key, sealed, before, unopened(known.message()));
            return;
        }
        metrics.unsealing();
        switch (unsealer.unseal(sealed, ring)) {
            case Unsealed.Made made -> {
                unopenable.remove(key);
                made(key, sealed, before, now, made);
            }
            case Unsealed.Unopened unopened -> {
                String message = FailureText.of(sealed, unopened, ring);
                unopenable.put(key, new Unopenable(now, ring, message));
                metrics.failed(Failure.UNSEAL, key.namespace());
                failed(key, sealed, before, unopened(message));
            }
            case Unsealed.Refused refused -> {
                String message = FailureText.bounded(refused.message());
                unopenable.put(key, new Unopenable(now, ring, message));
                metrics.failed(Failure.UNSEAL, key.namespace());
                failed(key, sealed, before, unopened(message));
            }
        }
    }

    /** From status, watch and hash alone: nothing is opened, and nothing of a Secret is read. */
    private boolean isInStep(
            ObjectKey key, SealedSecret sealed, SealedSecretStatus before, String now) {
        @Nullable SealedSecretOutcome outcome = before.unsealed();
        boolean saysSo =
                !before.conditions().isEmpty()
                        && before.conditions().getFirst().isTrue()
                        && before.conditions()
                                .getFirst()
                                .type()
                                .equals(SealedSecretCondition.SYNCED)
                        && Objects.equals(
                                before.observedGeneration(), sealed.getMetadata().getGeneration());
        if (!saysSo || outcome == null || !outcome.inputs().equals(now)) {
            return false;
        }
        if (SealedInputs.isStoreOnly(sealed) || sources.secrets() == null) {
            return true;
        }
        SecretStates.State written =
                SecretStates.State.of(outcome.secretUid(), outcome.secretResourceVersion());
        Optional<SecretStates.State> seen = sources.secrets().find(key);
        // Older than what was written: the watch has not caught up.
        return seen.isPresent()
                ? seen.get().equals(written) || seen.get().isBefore(written)
                : writer.state(key.namespace(), key.name()).equals(Optional.of(written));
    }

    private void made(
            ObjectKey key,
            SealedSecret sealed,
            SealedSecretStatus before,
            String now,
            Unsealed.Made made) {
        List<String> openers = List.copyOf(new TreeSet<>(made.openedBy()));
        if (SealedInputs.isStoreOnly(sealed)) {
            succeeded(
                    key,
                    sealed,
                    before,
                    new SealedSecretOutcome(now, "", "", openers),
                    SealedReasons.STORE_ONLY,
                    SealedReasons.OPENED_FOR_STORES,
                    false);
            return;
        }
        @Nullable SealedSecretOutcome was = before.unsealed();
        boolean sameInputs =
                Objects.equals(before.observedGeneration(), sealed.getMetadata().getGeneration())
                        && (was == null || was.inputs().equals(now));
        Secret secret = made.secret();
        boolean exists = sources.secrets() == null || sources.secrets().find(key).isPresent();
        Written written;
        try {
            written =
                    writer.write(
                            secret,
                            sealed.getMetadata().getUid(),
                            was == null ? "" : was.secretUid(),
                            !sameInputs,
                            exists);
        } catch (KubernetesClientException e) {
            if (KubernetesErrors.isOutage(e) || KubernetesErrors.isNamespaceTerminating(e)) {
                throw e;
            }
            written = new Written.Refused(false, KubernetesErrors.text(e));
        }
        if (sameInputs) {
            calm.answered(key);
        }
        switch (written) {
            case Written.Done done ->
                    succeeded(
                            key,
                            sealed,
                            before,
                            new SealedSecretOutcome(
                                    now, done.uid(), done.resourceVersion(), openers),
                            SealedReasons.UNSEALED,
                            "",
                            done.changed());
            case Written.Refused refused -> {
                metrics.failed(
                        refused.unmanaged() ? Failure.UNMANAGED : Failure.UPDATE, key.namespace());
                String message = FailureText.bounded(refused.message());
                failed(
                        key,
                        sealed,
                        before,
                        new Problem(
                                Failure.UPDATE,
                                SealedReasons.UPDATE_FAILED,
                                message,
                                "failed update: " + message));
            }
        }
    }

    private void succeeded(
            ObjectKey key,
            SealedSecret sealed,
            SealedSecretStatus before,
            SealedSecretOutcome outcome,
            String reason,
            String message,
            boolean wrote) {
        SealedSecretStatus after = statuses.synced(sealed, reason, message, outcome);
        boolean wasTrue =
                before.condition(SealedSecretCondition.SYNCED)
                        .filter(SealedSecretCondition::isTrue)
                        .isPresent();
        if (wrote || !wasTrue) {
            events().normal(
                            sealed,
                            SealedReasons.COMPONENT,
                            SealedReasons.UNSEALED,
                            message.isEmpty() ? SealedReasons.SUCCESS : message);
        }
        if (wrote) {
            log.atInfo().addKeyValue("sealedSecret", key).log("Secret written");
        }
        show(sealed, ConditionStatus.TRUE);
        backoff.succeeded(key);
        statuses.write(sealed, after);
    }

    private void failed(
            ObjectKey key, SealedSecret sealed, SealedSecretStatus before, Problem problem) {
        SealedSecretStatus after = statuses.failed(sealed, problem.reason(), problem.message());
        boolean news =
                before.condition(SealedSecretCondition.SYNCED)
                        .filter(c -> !c.isTrue() && c.message().equals(problem.message()))
                        .isEmpty();
        if (news) {
            events().warning(sealed, SealedReasons.COMPONENT, problem.reason(), problem.event());
            log.atWarn()
                    .addKeyValue("sealedSecret", key)
                    .addKeyValue("cause", problem.message().replace('\n', ' '))
                    .log("SealedSecret not unsealed");
        }
        show(sealed, ConditionStatus.FALSE);
        again.accept(key, backoff.failed(key));
        statuses.write(sealed, after);
    }

    /** The API server did not let us; that says nothing about the SealedSecret. */
    private void hindered(ObjectKey key, KubernetesClientException e) {
        if (KubernetesErrors.isNotFound(e)) {
            // It was deleted while it was looked at; the watch tells of it, and of a new one.
            return;
        }
        if (KubernetesErrors.isConflict(e)) {
            again.accept(key, AFTER_CONFLICT);
            return;
        }
        metrics.failed(Failure.STATUS, key.namespace());
        log.atWarn()
                .addKeyValue("sealedSecret", key)
                .addKeyValue("cause", KubernetesErrors.text(e))
                .log("SealedSecret could not be brought in step");
        again.accept(key, backoff.failed(key));
    }

    private void forget(ObjectKey key) {
        statuses.forget(key);
        backoff.succeeded(key);
        calm.forget(key);
        unopenable.remove(key);
        metrics.removed(key.namespace(), key.name());
    }

    private void show(SealedSecret sealed, ConditionStatus status) {
        @Nullable Map<String, String> labels = sealed.getMetadata().getLabels();
        metrics.condition(
                sealed.getMetadata().getNamespace(),
                sealed.getMetadata().getName(),
                status,
                labels == null ? "" : labels.getOrDefault("app.kubernetes.io/instance", ""));
    }

    private EventRecorder events() {
        return parts.events();
    }

    private static Problem unopened(String message) {
        return new Problem(
                Failure.UNSEAL,
                SealedReasons.UNSEAL_FAILED,
                "Failed to unseal: " + message,
                message);
    }
}

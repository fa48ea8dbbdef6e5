package dev.signet.operator.sealedsecret;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.api.sealed.SealedSecret;
import dev.signet.api.sealed.SealedSecretCondition;
import dev.signet.api.sealed.SealedSecretOutcome;
import dev.signet.api.sealed.SealedSecretStatus;
import dev.signet.operator.kube.ApiCalls;
import dev.signet.operator.refresh.ObjectKey;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows and writes the status of SealedSecrets.
 *
 * <p>What was written is remembered: the status until the watch has brought it back, and what was
 * unsealed for as long as the object is there, for Bitnami's own CRD drops that field.
 */
final class SealedStatuses {

    private final ApiCalls calls;
    private final ObjectMapper mapper;
    private final Clock clock;
    private final boolean writes;
    private final ConcurrentMap<ObjectKey, Memo> memos = new ConcurrentHashMap<>();

    /** What is in no status yet. */
    private final ConcurrentMap<ObjectKey, Reached> reached = new ConcurrentHashMap<>();

    /** Whether a status that told only of what was unsealed was found to be dropped. */
    private volatile boolean outcomesAreDropped;

    private record Reached(String uid, SealedSecretOutcome outcome) {}

    /**
     * What is remembered of an object.
     *
     * @param version the resource version that the write made; empty once the watch has brought it
     */
    private record Memo(String uid, SealedSecretStatus status, String version) {}

    /**
     * @param writes whether anything is written; where not, it is only remembered
     */
    SealedStatuses(ApiCalls calls, ObjectMapper mapper, Clock clock, boolean writes) {
        this.calls = calls;
        this.mapper = mapper;
        this.clock = clock;
        this.writes = writes;
    }

    /**
     * The status as it is, or will be when the watch has caught up, with what was {@linkplain
     * #reached reached} since.
     */
    SealedSecretStatus latest(SealedSecret sealed) {
        Memo memo = memo(sealed);
        SealedSecretStatus stored = stored(sealed, memo);
        Reached since = reached.get(SealedSecretWatch.key(sealed));
        if (since != null && since.uid().equals(sealed.getMetadata().getUid())) {
            return with(stored, since.outcome());
        }
        return memo != null && memo.status().unsealed() != null
                ? with(stored, memo.status().unsealed())
                : stored;
    }

    /** The watch has brought the object. */
    void seen(SealedSecret sealed) {
        memos.computeIfPresent(
                SealedSecretWatch.key(sealed),
                (key, memo) ->
                        isOurs(memo, sealed) && !isNews(memo, sealed) && writes
                                ? new Memo(memo.uid(), memo.status(), "")
                                : memo);
    }

    void forget(ObjectKey key) {
        memos.remove(key);
        reached.remove(key);
    }

    /**
     * The Secret was brought there. That is remembered until a status with it is written, so that
     * it is not done again for a status that cannot be written.
     */
    void reached(SealedSecret sealed, SealedSecretOutcome outcome) {
        reached.put(
                SealedSecretWatch.key(sealed), new Reached(sealed.getMetadata().getUid(), outcome));
    }

    /** The status once the Secret is as it should be. */
    SealedSecretStatus synced(
            SealedSecret sealed, String reason, String message, SealedSecretOutcome outcome) {
        SealedSecretStatus before = latest(sealed);
        return new SealedSecretStatus(
                sealed.getMetadata().getGeneration(),
                conditions(before, "True", reason, message),
                outcome);
    }

    /** The status once it could not be made so; what was unsealed before stays known. */
    SealedSecretStatus failed(SealedSecret sealed, String reason, String message) {
        SealedSecretStatus before = latest(sealed);
        return new SealedSecretStatus(
                sealed.getMetadata().getGeneration(),
                conditions(before, "False", reason, message),
                before.unsealed());
    }

    /**
     * Writes it, where it differs from what is there.
     *
     * @throws KubernetesClientException where the API server refuses it or cannot be reached; a
     *     conflict where the object was changed meanwhile
     */
    void write(SealedSecret sealed, SealedSecretStatus after) {
        Memo memo = memo(sealed);
        SealedSecretStatus stored = stored(sealed, memo);
        ObjectKey key = SealedSecretWatch.key(sealed);
        String uid = sealed.getMetadata().getUid();
        boolean onlyOutcome = with(stored, after.unsealed()).equals(after);
        boolean same = onlyOutcome && Objects.equals(stored.unsealed(), after.unsealed());
        String version = version(sealed, memo);
        if (!writes) {
            remember(key, new Memo(uid, after, Long.toUnsignedString(-1)));
            return;
        }
        if (same || (onlyOutcome && outcomesAreDropped)) {
            remember(key, new Memo(uid, after, memo == null ? "" : memo.version()));
            return;
        }
        ObjectNode patch = mapper.createObjectNode();
        // Conditions are a list, and a list is replaced: those of others must not be lost.
        patch.putObject("metadata").put("resourceVersion", version);
        patch.set("status", mapper.valueToTree(after));
        ApiCalls.Written now = calls.mergePatch(path(sealed), patch.toString());
        if (onlyOutcome && now.resourceVersion().equals(version)) {
            outcomesAreDropped = true;
        }
        remember(key, new Memo(uid, after, now.resourceVersion()));
    }

    private void remember(ObjectKey key, Memo memo) {
        memos.put(key, memo);
        reached.remove(key);
    }

    private @Nullable Memo memo(SealedSecret sealed) {
        Memo memo = memos.get(SealedSecretWatch.key(sealed));
        return memo != null && isOurs(memo, sealed) ? memo : null;
    }

    private static boolean isOurs(Memo memo, SealedSecret sealed) {
        return memo.uid().equals(sealed.getMetadata().getUid());
    }

    private static SealedSecretStatus stored(SealedSecret sealed, @Nullable Memo memo) {
        if (memo != null && isNews(memo, sealed)) {
            return memo.status();
        }
        @Nullable SealedSecretStatus status = sealed.getStatus();
        return status == null ? SealedSecretStatus.NONE : status;
    }

    private static String version(SealedSecret sealed, @Nullable Memo memo) {
        return memo != null && isNews(memo, sealed)
                ? memo.version()
                : sealed.getMetadata().getResourceVersion();
    }

    /** Whether the object is older than what was written. */
    private static boolean isNews(Memo memo, SealedSecret sealed) {
        if (memo.version().isEmpty()) {
            return false;
        }
        try {
            return Long.compareUnsigned(
                            Long.parseUnsignedLong(sealed.getMetadata().getResourceVersion()),
                            Long.parseUnsignedLong(memo.version()))
                    < 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private List<SealedSecretCondition> conditions(
            SealedSecretStatus before, String status, String reason, String message) {
        Optional<SealedSecretCondition> was = before.condition(SealedSecretCondition.SYNCED);
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        boolean flips = was.map(c -> !c.status().equals(status)).orElse(true);
        boolean differs =
                flips
                        || was.map(c -> !c.reason().equals(reason) || !c.message().equals(message))
                                .orElse(true);
        List<SealedSecretCondition> all = new ArrayList<>();
        all.add(
                new SealedSecretCondition(
                        SealedSecretCondition.SYNCED,
                        status,
                        reason,
                        message,
                        flips ? now : was.get().lastTransitionTime(),
                        differs ? now : was.get().lastUpdateTime()));
        before.conditions().stream()
                .filter(c -> !c.type().equals(SealedSecretCondition.SYNCED))
                .forEach(all::add);
        return all;
    }

    private static SealedSecretStatus with(
            SealedSecretStatus status, @Nullable SealedSecretOutcome outcome) {
        return new SealedSecretStatus(status.observedGeneration(), status.conditions(), outcome);
    }

    private static String path(SealedSecret sealed) {
        ObjectMeta meta = sealed.getMetadata();
        return "/apis/bitnami.com/v1alpha1/namespaces/"
                + meta.getNamespace()
                + "/sealedsecrets/"
                + meta.getName()
                + "/status";
    }
}

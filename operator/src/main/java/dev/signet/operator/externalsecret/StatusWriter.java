package dev.signet.operator.externalsecret;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.api.ExternalSecret;
import dev.signet.api.ExternalSecretStatus;
import dev.signet.api.SecretBinding;
import dev.signet.api.StatusCondition;
import dev.signet.operator.kube.ApiCalls;
import dev.signet.operator.kube.ReadyCondition;
import dev.signet.operator.refresh.ObjectKey;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the status, when it differs from what is there.
 *
 * <p>What was written is remembered until the watch has brought it back: a look at the object in
 * between would otherwise see the old refresh time, and read the backend once more for nothing.
 *
 * <p>A status whose only news is the time of a refresh is not written more often than every five
 * minutes; in between the time is remembered here. After a restart such an object, whose interval
 * is shorter than that, is refreshed at once, as it nearly always would be.
 */
final class StatusWriter {

    private final ApiCalls calls;
    private final ObjectMapper mapper;
    private final Clock clock;
    private final Function<ObjectKey, Optional<ExternalSecret>> watch;
    private final ConcurrentMap<ObjectKey, Written> recent = new ConcurrentHashMap<>();
    private final UntoldRefreshes untold = new UntoldRefreshes();

    /**
     * A status that was written.
     *
     * @param of what it was written to
     * @param version the resourceVersion that the write made
     * @param nanos when, by {@link System#nanoTime()}
     */
    private record Written(
            ExternalSecret of, String version, ExternalSecretStatus status, long nanos) {

        boolean isNewsTo(ExternalSecret es) {
            return of.getMetadata().getUid().equals(es.getMetadata().getUid())
                    && isOlder(es.getMetadata().getResourceVersion(), version);
        }
    }

    /**
     * @param watch what the watch has last brought of an object; empty where there is none
     */
    StatusWriter(
            ApiCalls calls,
            ObjectMapper mapper,
            Clock clock,
            Function<ObjectKey, Optional<ExternalSecret>> watch) {
        this.calls = calls;
        this.mapper = mapper;
        this.clock = clock;
        this.watch = watch;
    }

    /**
     * The object as the watch has it now, with the status that it has there, or will have when the
     * watch has caught up.
     */
    ExternalSecret latest(ObjectKey key, Supplier<ExternalSecret> watch) {
        // In this order: where what was remembered is gone by now, the watch has what replaced it.
        Written written = recent.get(key);
        ExternalSecret es = watch.get();
        ExternalSecretStatus status = es.getStatus();
        if (status == null && written == null) {
            return es;
        }
        if (written != null && written.isNewsTo(es)) {
            status = written.status();
        }
        if (status != null) {
            status = untold.addedTo(key, es.getMetadata().getUid(), status);
        }
        ExternalSecret known = new ExternalSecret();
        known.setMetadata(es.getMetadata());
        known.setSpec(es.getSpec());
        known.setStatus(status);
        return known;
    }

    /** The object came, so what was written before it came can be forgotten. */
    void seen(ExternalSecret es) {
        recent.computeIfPresent(key(es), (key, written) -> written.isNewsTo(es) ? written : null);
    }

    /** One whose status was written so long ago, and has not been brought by the watch. */
    Optional<ExternalSecret> unseenFor(Duration age) {
        long now = System.nanoTime();
        return recent.values().stream()
                .filter(written -> now - written.nanos() > age.toNanos())
                .map(Written::of)
                .findFirst();
    }

    void forget(ObjectKey key) {
        recent.remove(key);
        untold.forget(key);
    }

    /** The status after a sync that began at {@code refreshTime} and succeeded. */
    ExternalSecretStatus synced(
            ExternalSecretStatus before,
            Instant refreshTime,
            String syncedVersion,
            @Nullable String boundSecret,
            String reason,
            String message) {
        return new ExternalSecretStatus(
                refreshTime.truncatedTo(ChronoUnit.SECONDS).toString(),
                syncedVersion,
                conditions(before, "True", reason, message),
                boundSecret == null ? before.binding() : new SecretBinding(boundSecret));
    }

    /** The status once what had failed is as it was, and no sync is due. */
    ExternalSecretStatus recovered(ExternalSecretStatus before) {
        return new ExternalSecretStatus(
                before.refreshTime(),
                before.syncedResourceVersion(),
                conditions(before, "True", Reasons.SYNCED, Reasons.SECRET_SYNCED),
                before.binding());
    }

    /** The status after a sync that failed: when it last succeeded stays. */
    ExternalSecretStatus failed(ExternalSecretStatus before, String message) {
        return new ExternalSecretStatus(
                before.refreshTime(),
                before.syncedResourceVersion(),
                conditions(before, "False", Reasons.ERROR, message),
                before.binding());
    }

    /**
     * Whether it was written; nothing is when nothing differs, or nothing but a recent time, or
     * where the object is gone and another has its name.
     */
    boolean write(ExternalSecret es, ExternalSecretStatus before, ExternalSecretStatus after) {
        if (after.equals(before)
                || untold.keeps(key(es), es.getMetadata().getUid(), before, after)) {
            return false;
        }
        ObjectNode patch = mapper.createObjectNode();
        patch.set("status", mapper.valueToTree(after));
        ApiCalls.Written now = calls.mergePatch(path(es), patch.toString());
        if (!now.uid().equals(es.getMetadata().getUid())) {
            takeBack(es, now.uid());
            return false;
        }
        recent.put(key(es), new Written(es, now.resourceVersion(), after, System.nanoTime()));
        // The watch may have been faster than the answer, or have brought the object's end.
        watch.apply(key(es)).ifPresentOrElse(this::seen, () -> recent.remove(key(es)));
        untold.forget(key(es));
        return true;
    }

    /**
     * Another object of that name has been made since {@code es} was looked at, and now has its
     * status: it would be taken for synced. Of a status the API server heeds no precondition but
     * the resourceVersion, which any edit changes.
     */
    private void takeBack(ExternalSecret es, String uid) {
        ObjectNode nothing = mapper.createObjectNode().putNull("status");
        ApiCalls.Written now = calls.mergePatch(path(es), nothing.toString());
        ExternalSecret other = new ExternalSecret();
        other.setMetadata(new ObjectMetaBuilder(es.getMetadata()).withUid(uid).build());
        // What the watch has of it until then is not to be believed.
        recent.put(
                key(es),
                new Written(
                        other,
                        now.resourceVersion(),
                        ExternalSecretStatus.NONE,
                        System.nanoTime()));
        untold.forget(key(es));
    }

    private List<StatusCondition> conditions(
            ExternalSecretStatus before, String status, String reason, String message) {
        return ReadyCondition.in(before.conditions(), status, reason, message, clock.instant());
    }

    /** False where the versions cannot be compared, for then the watch is to be believed. */
    private static boolean isOlder(String version, String other) {
        try {
            return Long.parseUnsignedLong(version) < Long.parseUnsignedLong(other);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Where its status is served. */
    static String path(ExternalSecret es) {
        return "/apis/external-secrets.io/v1/namespaces/"
                + es.getMetadata().getNamespace()
                + "/externalsecrets/"
                + es.getMetadata().getName()
                + "/status";
    }

    private static ObjectKey key(ExternalSecret es) {
        return new ObjectKey(es.getMetadata().getNamespace(), es.getMetadata().getName());
    }
}

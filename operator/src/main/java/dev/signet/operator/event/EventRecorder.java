package dev.signet.operator.event;

import dev.signet.operator.kube.ApiCalls;
import dev.signet.operator.kube.KubernetesErrors;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes events about objects, behind the back of the work that they tell of.
 *
 * <p>The same event about the same object raises the count of the event that is there, as
 * client-go's recorder does. Events give way to the work: after each one the writer pauses for
 * several times as long as that one took, so a busy API server spends little on them and an idle
 * one has them at once. The queue is bounded: when it is full, events are dropped and counted, and
 * the work goes on; the last quarter of it is kept for warnings.
 */
public final class EventRecorder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventRecorder.class);
    private static final int QUEUE = 4_000;
    private static final int FOR_WARNINGS = QUEUE / 4;
    private static final int REMEMBERED = 4_000;

    /** How many times as long as a write took the writer pauses after it. */
    private static final int YIELD = 8;

    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(250);
    private static final Duration AT_THE_END = Duration.ofSeconds(2);
    private static final String WARNING = "Warning";
    private static final int LONGEST_NOTE = 1_024;

    private final KubernetesClient client;
    private final ApiCalls calls;
    private final Clock clock;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong dropped = new AtomicLong();
    private final Map<Sameness, Written> written =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Sameness, Written> eldest) {
                    return size() > REMEMBERED;
                }
            };
    private final Thread writer;
    private volatile boolean closing;

    private record Sameness(
            String uid, String type, String reason, String message, String component) {}

    private record Entry(About about, Sameness what) {}

    /** What an event is about; thousands may wait, and the library's own type is ten times this. */
    private record About(
            String apiVersion, String kind, String namespace, String name, String version) {}

    private record Written(String namespace, String name, int count) {}

    public EventRecorder(KubernetesClient client, ApiCalls calls, Clock clock) {
        this.client = client;
        this.calls = calls;
        this.clock = clock;
        this.writer = Thread.ofVirtual().name("events").start(this::writeAll);
    }

    /** Tells of something that went as it should. */
    public void normal(HasMetadata about, String component, String reason, String message) {
        record(about, component, "Normal", reason, message);
    }

    /** Tells of something that somebody should look at. */
    public void warning(HasMetadata about, String component, String reason, String message) {
        record(about, component, WARNING, reason, message);
    }

    /** How many events were dropped because the API server could not keep up. */
    public long dropped() {
        return dropped.get();
    }

    /** Waits for at most two seconds until what is queued is written. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!writer.join(AT_THE_END)) {
                writer.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(
            HasMetadata about, String component, String type, String reason, String message) {
        String note =
                message.length() <= LONGEST_NOTE
                        ? message
                        : message.substring(0, LONGEST_NOTE - 3) + "...";
        var meta = about.getMetadata();
        About reference =
                new About(
                        about.getApiVersion(),
                        about.getKind(),
                        Objects.requireNonNullElse(meta.getNamespace(), ""),
                        meta.getName(),
                        Objects.requireNonNullElse(meta.getResourceVersion(), ""));
        String uid = meta.getUid() == null ? "" : meta.getUid();
        boolean room = type.equals(WARNING) || queue.remainingCapacity() > FOR_WARNINGS;
        if (!room
                || !queue.offer(
                        new Entry(reference, new Sameness(uid, type, reason, note, component)))) {
            dropped.incrementAndGet();
        }
    }

    private void writeAll() {
        while (true) {
            try {
                Entry entry = queue.poll(200, TimeUnit.MILLISECONDS);
                if (entry != null) {
                    long begun = System.nanoTime();
                    write(entry);
                    pause(System.nanoTime() - begun);
                } else if (closing) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void pause(long took) throws InterruptedException {
        if (!closing) {
            TimeUnit.NANOSECONDS.sleep(Math.min(took * YIELD, LONGEST_PAUSE));
        }
    }

    private void write(Entry entry) {
        try {
            Written before = written.get(entry.what());
            if (before == null || !raise(entry, before)) {
                create(entry);
            }
        } catch (RuntimeException e) {
            // An object in a namespace that is going away cannot have events; nothing is lost by
            // that.
            log.atDebug()
                    .addKeyValue("object", entry.about().name())
                    .addKeyValue(
                            "cause",
                            e instanceof KubernetesClientException known
                                    ? KubernetesErrors.text(known)
                                    : e.getClass().getSimpleName())
                    .log("event not written");
        }
    }

    private void create(Entry entry) {
        Instant now = clock.instant();
        About about = entry.about();
        String namespace = about.namespace().isEmpty() ? "default" : about.namespace();
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        Event event =
                new EventBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(
                                "%s.%x"
                                        .formatted(
                                                shortened(about.name()),
                                                now.getEpochSecond() * 1_000_000_000L
                                                        + now.getNano()))
                        .endMetadata()
                        .withInvolvedObject(reference(about, entry.what().uid()))
                        .withType(entry.what().type())
                        .withReason(entry.what().reason())
                        .withMessage(entry.what().message())
                        .withNewSource()
                        .withComponent(entry.what().component())
                        .endSource()
                        .withFirstTimestamp(time)
                        .withLastTimestamp(time)
                        .withCount(1)
                        .build();
        calls.create(
                "/api/v1/namespaces/" + namespace + "/events",
                client.getKubernetesSerialization().asJson(event));
        written.put(entry.what(), new Written(namespace, event.getMetadata().getName(), 1));
    }

    private static ObjectReference reference(About about, String uid) {
        return new ObjectReferenceBuilder()
                .withApiVersion(about.apiVersion())
                .withKind(about.kind())
                .withNamespace(about.namespace().isEmpty() ? null : about.namespace())
                .withName(about.name())
                .withUid(uid.isEmpty() ? null : uid)
                .withResourceVersion(about.version().isEmpty() ? null : about.version())
                .build();
    }

    // A name has room for 253 characters, of which the time takes up to 17.
    private static String shortened(String name) {
        return name.length() <= 230 ? name : name.substring(0, 230);
    }

    private boolean raise(Entry entry, Written before) {
        int count = before.count() + 1;
        String patch =
                "{\"count\":%d,\"lastTimestamp\":\"%s\"}"
                        .formatted(count, clock.instant().truncatedTo(ChronoUnit.SECONDS));
        try {
            calls.mergePatch(
                    "/api/v1/namespaces/" + before.namespace() + "/events/" + before.name(), patch);
        } catch (KubernetesClientException e) {
            if (KubernetesErrors.isNotFound(e)) {
                return false;
            }
            throw e;
        }
        written.put(entry.what(), new Written(before.namespace(), before.name(), count));
        return true;
    }
}

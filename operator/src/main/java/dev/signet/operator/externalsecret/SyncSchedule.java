package dev.signet.operator.externalsecret;

import dev.signet.operator.observe.ReconcileResult;
import dev.signet.operator.observe.SyncMetrics;
import dev.signet.operator.refresh.Backoff;
import dev.signet.operator.refresh.Jitter;
import dev.signet.operator.refresh.ObjectKey;
import dev.signet.operator.refresh.Priority;
import dev.signet.operator.refresh.QueueSettings;
import dev.signet.operator.refresh.StoreOf;
import dev.signet.operator.refresh.SyncQueue;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * When each ExternalSecret has its next turn, and what that turn is told. An eighth of the places
 * is kept from refreshes and retries, so that a changed or new object always finds one. They get as
 * many as that because backends which answer many questions in one call are asked what is under way
 * together: a call of AWS takes 20, and one store has three quarters at most.
 */
final class SyncSchedule implements AutoCloseable {

    private static final int UNDECIDED_LOOKS = 8;
    private static final Duration UNDECIDED_PAUSE = Duration.ofSeconds(1);
    private static final Duration BACK_SOON = Duration.ofSeconds(5);

    /**
     * Those of one store that fail together are tried about fifty a second, however many they are:
     * one that is served again brings the others forward.
     */
    private static final Duration APART = Duration.ofMillis(40);

    private static final Duration LONGEST_CROWD = Duration.ofMinutes(7);

    /** An API server is back within minutes or the cluster is lost, and nothing says when it is. */
    private static final Duration LONGEST_OUTAGE_PAUSE = Duration.ofSeconds(30);

    private static final Duration FIRST_OUTAGE_PAUSE = Duration.ofSeconds(1);
    private static final int MAX_OUTAGES = 100_000;

    /** Longer than it takes to see that an object is gone. */
    private static final Duration AFTER_DELETION = Duration.ofSeconds(1);

    /** No object has an empty name. */
    private static final ObjectKey HEART = new ObjectKey("", "");

    private static final Ask FORCED = new Ask(false, true, false);

    private final Backoff<ObjectKey> backoff;
    private final Backoff<ObjectKey> undecided;
    private final Jitter jitter;
    private final Recovery recovery = new Recovery();
    private final Backoff<ObjectKey> outages;
    private final SyncQueue<ObjectKey> queue;
    private final StoreOf<ObjectKey> storeOf;
    private final Predicate<ObjectKey> turn;
    private volatile Runnable heart = () -> {};
    private volatile Consumer<Duration> waits = late -> {};
    private final Set<ObjectKey> granted = ConcurrentHashMap.newKeySet();
    private final Set<ObjectKey> forced = ConcurrentHashMap.newKeySet();

    /**
     * @param turn is handed each key whose turn has come, and says whether there is such an object
     */
    SyncSchedule(
            SyncParts parts,
            SyncSettings settings,
            StoreOf<ObjectKey> storeOf,
            Predicate<ObjectKey> turn) {
        this.backoff = new Backoff<>(parts.random());
        this.undecided = new Backoff<>(parts.random());
        this.storeOf = storeOf;
        this.jitter = new Jitter(parts.random());
        this.outages =
                new Backoff<>(
                        parts.random(), FIRST_OUTAGE_PAUSE, LONGEST_OUTAGE_PAUSE, MAX_OUTAGES);
        this.turn = turn;
        this.queue =
                new SyncQueue<>(
                        QueueSettings.<ObjectKey>of(background(settings.places()))
                                .withStoreRates(storeOf, store -> settings.rate())
                                .withListener((priority, late) -> waits.accept(late)),
                        parts.clock(),
                        this::grant);
        this.waits = parts.metrics().queue(SyncMetrics.EXTERNAL_SECRET_QUEUE, queue::due);
    }

    /** How many places go to refreshes and retries, of at least two. */
    private static int background(int places) {
        return places - Math.max(1, places / 8);
    }

    void start() {
        queue.start();
    }

    /** What the turn that begins now goes by. */
    Ask begin(ObjectKey key) {
        return new Ask(
                granted.remove(key),
                forced.remove(key),
                undecided.failures(key) >= UNDECIDED_LOOKS);
    }

    /** Plans the turn after the one that was asked so and ends with {@code next}. */
    ReconcileResult plan(ObjectKey key, Ask ask, Next next) {
        boolean again =
                next instanceof Next.Retry
                        || next instanceof Next.Outage
                        || next instanceof Next.Undecided;
        if (again && ask.forced()) {
            // What it was forced for has not been done.
            forced.add(key);
        }
        return switch (next) {
            case Next.Never never -> {
                settled(key);
                recovery.forget(key);
                yield ReconcileResult.SUCCESS;
            }
            case Next.Refresh refresh -> {
                settled(key);
                queue.scheduleExactly(key, refresh.due(), Priority.PERIODIC);
                recovery.served(key)
                        .forEach(other -> queue.schedule(other, Duration.ZERO, Priority.RETRY));
                yield ReconcileResult.REQUEUE_AFTER;
            }
            case Next.Stuck stuck -> {
                settled(key);
                recovery.forget(key);
                yield ReconcileResult.ERROR;
            }
            case Next.Retry retry -> {
                undecided.succeeded(key);
                Duration wait = backoff.failed(key, retry.atLeast()).plus(crowd(key));
                outages.succeeded(key);
                queue.scheduleExactly(key, wait, Priority.RETRY);
                yield ReconcileResult.ERROR;
            }
            case Next.Outage outage -> {
                undecided.succeeded(key);
                queue.scheduleExactly(key, outages.failed(key), Priority.RETRY);
                yield ReconcileResult.ERROR;
            }
            case Next.Undecided waiting -> {
                undecided.failed(key);
                if (waiting.forced()) {
                    forced.add(key);
                }
                queue.scheduleExactly(key, UNDECIDED_PAUSE, Priority.RETRY);
                yield ReconcileResult.REQUEUE_AFTER;
            }
        };
    }

    /** Plans a turn after one that the API server has cut short, by a refusal or by its absence. */
    ReconcileResult planAfterFailure(ObjectKey key, boolean outage) {
        return plan(key, FORCED, outage ? new Next.Outage() : new Next.Retry(Duration.ZERO));
    }

    /** Plans a turn after one that a defect has cut short. */
    ReconcileResult planAfterDefect(ObjectKey key) {
        return plan(key, FORCED, new Next.Retry(BACK_SOON));
    }

    /** Gives back the place of a turn. */
    void end(ObjectKey key) {
        queue.done(key);
    }

    /** Has the object's next turn read values although no refresh is due. */
    void force(ObjectKey key) {
        forced.add(key);
    }

    /** Gives the object a turn at once. */
    void wake(ObjectKey key) {
        queue.schedule(key, Duration.ZERO, Priority.TRIGGER);
    }

    /** The object is going away: it has no further turns. */
    void stop(ObjectKey key) {
        queue.remove(key);
    }

    /** The object is gone. */
    void forget(ObjectKey key) {
        queue.remove(key);
        settled(key);
        recovery.forget(key);
        granted.remove(key);
        forced.remove(key);
    }

    /**
     * Looks whether another object of that name has been made while this one went, also where a
     * look at that one is planned: the framework has to be told of it, else it passes over what
     * happens to its Secret.
     */
    void lookForAnother(ObjectKey key) {
        queue.schedule(key, AFTER_DELETION, Priority.TRIGGER);
    }

    @Override
    public void close() {
        queue.close();
    }

    private Duration crowd(ObjectKey key) {
        int failing = recovery.failed(key, storeOf.storeOf(key)) - 1;
        Duration spread = APART.multipliedBy(failing);
        return jitter.upTo(spread.compareTo(LONGEST_CROWD) > 0 ? LONGEST_CROWD : spread);
    }

    /** Sends a heartbeat the way of all turns. */
    void beat(Runnable beat) {
        heart = beat;
        queue.schedule(HEART, Duration.ZERO, Priority.TRIGGER);
    }

    private void grant(ObjectKey key) {
        if (key.equals(HEART)) {
            queue.done(key);
            heart.run();
            return;
        }
        granted.add(key);
        if (!turn.test(key)) {
            granted.remove(key);
            queue.done(key);
        }
    }

    private void settled(ObjectKey key) {
        backoff.succeeded(key);
        undecided.succeeded(key);
        outages.succeeded(key);
    }
}

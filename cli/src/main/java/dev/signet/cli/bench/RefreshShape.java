package dev.signet.cli.bench;

import dev.signet.testbed.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Times how a whole fleet is refreshed that is due all at once and has not changed, and how long
 * new ExternalSecrets wait meanwhile.
 *
 * <p>The operator is frozen until all intervals are over: then nothing else tells refreshes apart
 * from what they are measured with.
 */
final class RefreshShape {

    private static final Duration SHORTEST = Duration.ofSeconds(60);
    private static final int PER_SECOND = 100;
    private static final int MOST_NEW = 500;
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration AFTERWARDS = Duration.ofSeconds(3);

    private final Lab lab;
    private final BenchSettings settings;
    private final Progress progress;

    RefreshShape(Lab lab, BenchSettings settings, Progress progress) {
        this.lab = lab;
        this.settings = settings;
        this.progress = progress;
    }

    RunResult run(int number) {
        int n = settings.objects();
        Duration interval = interval(n);
        Fleet fleet = new Fleet(lab, "refresh-" + number, n, interval.toSeconds() + "s");
        lab.values(n + MOST_NEW, settings.concurrent());
        List<Figure> figures = new ArrayList<>();
        try (SyncedFleet synced = SyncedFleet.start(lab, settings, progress, fleet);
                ReadyWatch watch = ReadyWatch.open(lab, n + MOST_NEW)) {
            OperatorProcess operator = synced.operator();
            freeze(operator, interval);
            measure(fleet, operator, watch, figures);
        }
        settings.cleanUp(fleet, number);
        return RunResult.of(figures);
    }

    /** Long enough for a refresh of all to be over before the next is due. */
    private static Duration interval(int objects) {
        Duration byNumber = Duration.ofSeconds(objects / PER_SECOND);
        return byNumber.compareTo(SHORTEST) > 0 ? byNumber : SHORTEST;
    }

    private void freeze(OperatorProcess operator, Duration interval) {
        progress.line(
                "the operator is frozen until the interval of %d s is over"
                        .formatted(interval.toSeconds()));
        operator.pause();
        Patience.pause(interval.plusSeconds(2));
    }

    private void measure(
            Fleet fleet, OperatorProcess operator, ReadyWatch watch, List<Figure> figures) {
        VaultFigures vault = lab.vaultFigures();
        ApiFigures api = lab.apiFigures();
        Optional<ProcessFigures> before = operator.figures();
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger made = new AtomicInteger();
        List<Double> waits = new ArrayList<>();
        operator.resume();
        long resumed = System.nanoTime();
        Thread maker =
                Thread.ofVirtual().start(() -> waits.addAll(makeNew(fleet, watch, made, over)));
        long end = awaitReads(vault, made);
        over.set(true);
        Optional<ProcessFigures> after = operator.figures();
        join(maker);
        Patience.pause(AFTERWARDS);

        Duration took = Duration.ofNanos(end - resumed);
        figures.add(Figure.seconds("refresh_of_all", "refresh of the whole fleet", took));
        figures.add(
                new Figure(
                        "refreshes_per_second",
                        "refreshes per second",
                        settings.objects() / (took.toNanos() / 1e9),
                        Unit.PER_SECOND));
        if (before.isPresent() && after.isPresent()) {
            Duration cpu = after.get().cpu().minus(before.get().cpu());
            figures.add(
                    new Figure(
                            "cpu_per_refresh_ms",
                            "CPU per refresh",
                            cpu.toNanos() / 1e6 / settings.objects(),
                            Unit.MILLISECONDS_EACH));
            figures.add(Figure.megabytes("rss_peak", "RSS peak", after.get().peak()));
        }
        newOnes(figures, waits);
        requests(figures, lab.vaultFigures().since(vault), lab.apiFigures().since(api), made);
    }

    /** Makes ExternalSecrets one after the other; how long each took until it was Ready, in ms. */
    private static List<Double> makeNew(
            Fleet fleet, ReadyWatch watch, AtomicInteger made, AtomicBoolean over) {
        List<Double> waits = new ArrayList<>();
        for (int i = 0; i < MOST_NEW && !over.get(); i++) {
            int index = fleet.size() + i;
            long asked = System.nanoTime();
            made.incrementAndGet();
            fleet.createOne(index);
            Patience.until(
                    "a new ExternalSecret to be Ready",
                    Duration.ofMinutes(2),
                    Duration.ofMillis(1),
                    () -> watch.readyAt(index) != 0);
            waits.add((watch.readyAt(index) - asked) / 1e6);
        }
        return waits;
    }

    /** When the vault has been asked for all values; reads for new objects do not count. */
    private long awaitReads(VaultFigures before, AtomicInteger made) {
        Duration limit = Limits.sync(settings.objects());
        Patience.until(
                "the refresh of the whole fleet",
                limit,
                STEP,
                () -> lab.vaultFigures().since(before).reads() >= settings.objects() + made.get());
        return System.nanoTime();
    }

    private static void newOnes(List<Figure> figures, List<Double> waits) {
        figures.add(Figure.count("new_meanwhile", "new ones meanwhile", waits.size()));
        if (!waits.isEmpty()) {
            figures.add(
                    Figure.milliseconds(
                            "new_to_ready_p50",
                            "new one to Ready, p50",
                            Numbers.percentile(waits, 50)));
            figures.add(
                    Figure.milliseconds(
                            "new_to_ready_p99",
                            "new one to Ready, p99",
                            Numbers.percentile(waits, 99)));
        }
    }

    /** What the new ones have cost is taken off. */
    private static void requests(
            List<Figure> figures, VaultFigures vault, ApiFigures api, AtomicInteger made) {
        long statuses = api.requests().getOrDefault("PATCH externalsecrets/status", 0L);
        figures.add(Figure.count("provider_reads", "provider reads", vault.reads() - made.get()));
        figures.add(Figure.count("provider_logins", "provider logins", vault.logins()));
        figures.add(
                Figure.count("secret_writes", "Secret writes", api.secretWrites() - made.get()));
        figures.add(Figure.count("status_writes", "status writes", statuses - made.get()));
    }

    private static void join(Thread maker) {
        try {
            maker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }
}

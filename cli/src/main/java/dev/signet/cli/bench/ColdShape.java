package dev.signet.cli.bench;

import dev.signet.testbed.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Times how a fleet is synced that the operator has never seen, against the floor. */
final class ColdShape {

    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Lab lab;
    private final BenchSettings settings;
    private final Progress progress;

    ColdShape(Lab lab, BenchSettings settings, Progress progress) {
        this.lab = lab;
        this.settings = settings;
        this.progress = progress;
    }

    /** More to measure on the same fleet. */
    interface More {

        /** While the operator runs, after its cold sync. */
        List<Figure> running(Fleet fleet, OperatorProcess operator);

        /** After it has ended. */
        List<Figure> ended(Fleet fleet);
    }

    private static final class Nothing implements More {

        @Override
        public List<Figure> running(Fleet fleet, OperatorProcess operator) {
            return List.of();
        }

        @Override
        public List<Figure> ended(Fleet fleet) {
            return List.of();
        }
    }

    RunResult run(int number) {
        return run(number, new Nothing());
    }

    RunResult run(int number, More more) {
        int n = settings.objects();
        progress.line("measuring the floor: %d Secrets and statuses as bare calls".formatted(n));
        Duration floor = new Floor(lab, settings.concurrent()).measure("floor-" + number, n);
        progress.line(
                "the floor is %s; making the fleet"
                        .formatted(Unit.SECONDS.text(floor.toNanos() / 1e9)));
        Fleet fleet = new Fleet(lab, "cold-" + number, n, "1h");
        fleet.create(settings.concurrent());
        Patience.pause(SETTLE);
        VaultFigures vault = lab.vaultFigures();
        ApiFigures api = lab.apiFigures();
        List<Figure> figures = new ArrayList<>();
        List<String> hot;
        try (OperatorProcess operator = synced(figures, floor)) {
            Requests.tell(figures, lab.vaultFigures().since(vault), lab.apiFigures().since(api));
            hot = finish(operator, figures);
            figures.addAll(more.running(fleet, operator));
            OperatorProcess.Ended ended = operator.terminate();
            figures.add(Figure.seconds("stop", "SIGTERM to end", ended.took()));
            figures.add(Figure.count("exit_status", "exit status", ended.status()));
        }
        figures.addAll(more.ended(fleet));
        settings.cleanUp(fleet, number);
        return new RunResult(figures, List.of(), hot, List.of());
    }

    /** Starts an operator, which is idle again once this returns. */
    private OperatorProcess synced(List<Figure> figures, Duration floor) {
        try (FirstSecret first = new FirstSecret(lab);
                ReadyWatch watch = ReadyWatch.open(lab, settings.objects())) {
            OperatorProcess operator = OperatorProcess.start(lab, settings);
            try {
                measure(operator, watch, first, floor, figures);
                return operator;
            } catch (RuntimeException | Error e) {
                operator.close();
                throw e;
            }
        }
    }

    private void measure(
            OperatorProcess operator,
            ReadyWatch watch,
            FirstSecret first,
            Duration floor,
            List<Figure> figures) {
        int n = settings.objects();
        figures.add(Figure.seconds("floor", "floor", floor));
        Optional<Long> ready = operator.awaitReady();
        Optional<ProcessFigures> atReady = ready.flatMap(any -> operator.figures());
        progress.line("the operator runs; waiting for %d ExternalSecrets".formatted(n));
        long last = watch.await(n, Limits.sync(n), operator::isAlive);
        Optional<ProcessFigures> atEnd = operator.figures();

        Duration all = Duration.ofNanos(last - operator.begun());
        ready.ifPresent(at ->
                figures.add(
                        Figure.seconds(
                                "start_to_ready",
                                "start to operator ready",
                                Duration.ofNanos(at - operator.begun()))));
        first.seen()
                .ifPresent(at ->
                        figures.add(
                                Figure.seconds(
                                        "start_to_first_secret",
                                        "start to first Secret",
                                        Duration.ofNanos(at - operator.begun()))));
        figures.add(Figure.seconds("start_to_all_ready", "start to all Ready", all));
        figures.add(Figure.times("times_floor", "start to all Ready / floor", ratio(all, floor)));
        ready.ifPresent(at ->
                figures.add(
                        Figure.times(
                                "times_floor_without_start",
                                "operator ready to all Ready / floor",
                                ratio(Duration.ofNanos(Math.max(0, last - at)), floor))));
        figures.add(
                new Figure(
                        "syncs_per_second",
                        "syncs per second",
                        n / (all.toNanos() / 1e9),
                        Unit.PER_SECOND));
        atEnd.ifPresent(end -> cpu(figures, atReady, end));
        progress.line("all are Ready; looking at the idle operator");
        Patience.pause(IDLE);
        operator.figures()
                .ifPresent(idle -> {
                    figures.add(Figure.megabytes("rss_peak", "RSS peak", idle.peak()));
                    figures.add(Figure.megabytes("rss_idle", "RSS idle", idle.rss()));
                    figures.add(Figure.count("threads", "threads of the system", idle.threads()));
                });
    }

    private List<String> finish(OperatorProcess operator, List<Figure> figures) {
        List<String> hot = List.of();
        if (settings.own()) {
            JdkTools.liveHeap(operator.pid())
                    .ifPresent(bytes ->
                            figures.add(Figure.megabytes("live_heap", "live heap", bytes)));
            Path recording = settings.recording();
            if (recording != null) {
                JdkTools.dumpRecording(operator.pid(), recording);
                hot = JdkTools.hotMethods(recording);
            }
        }
        return hot;
    }

    private void cpu(List<Figure> figures, Optional<ProcessFigures> atReady, ProcessFigures atEnd) {
        double each = atEnd.cpu().toNanos() / 1e6 / settings.objects();
        figures.add(
                new Figure(
                        "cpu_per_sync_ms",
                        "CPU per sync, start included",
                        each,
                        Unit.MILLISECONDS_EACH));
        atReady.ifPresent(ready -> {
            double work = atEnd.cpu().minus(ready.cpu()).toNanos() / 1e6 / settings.objects();
            figures.add(
                    new Figure(
                            "cpu_per_sync_without_start_ms",
                            "CPU per sync, after the start",
                            work,
                            Unit.MILLISECONDS_EACH));
            figures.add(Figure.seconds("cpu_of_start", "CPU of the start", ready.cpu()));
        });
    }

    private static double ratio(Duration time, Duration floor) {
        return (double) time.toNanos() / floor.toNanos();
    }

    /** Sees when the first Secret is made. */
    private static final class FirstSecret implements AutoCloseable {

        private final AtomicLong at = new AtomicLong();
        private final EventStream stream;

        FirstSecret(Lab lab) {
            this.stream =
                    EventStream.open(
                            lab,
                            "/api/v1/secrets",
                            lab.resourceVersion("/api/v1/secrets"),
                            Fleet.MANAGED,
                            line -> seen(line));
        }

        private void seen(String line) {
            if (line.startsWith("{\"type\":\"ADDED\"") && at.compareAndSet(0, System.nanoTime())) {
                // The rest would only cost time.
                close();
            }
        }

        Optional<Long> seen() {
            return at.get() == 0 ? Optional.empty() : Optional.of(at.get());
        }

        @Override
        public void close() {
            if (stream != null) {
                stream.close();
            }
        }
    }
}

package dev.signet.cli.bench;

import dev.signet.testbed.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Times what a start costs when everything is as the last process left it. */
final class RestartShape {

    private static final Duration STEP = Duration.ofMillis(20);
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration AFTERWARDS = Duration.ofSeconds(5);

    private final Lab lab;
    private final BenchSettings settings;
    private final Progress progress;

    RestartShape(Lab lab, BenchSettings settings, Progress progress) {
        this.lab = lab;
        this.settings = settings;
        this.progress = progress;
    }

    RunResult run(int number) {
        Fleet fleet = new Fleet(lab, "restart-" + number, settings.objects(), "1h");
        List<Figure> figures = new ArrayList<>();
        try (SyncedFleet synced = SyncedFleet.start(lab, settings, progress, fleet).settled()) {
            OperatorProcess.Ended ended = synced.operator().terminate();
            figures.add(Figure.seconds("stop", "SIGTERM to end", ended.took()));
            figures.add(Figure.count("exit_status", "exit status", ended.status()));
        }
        figures.addAll(measure());
        settings.cleanUp(fleet, number);
        return RunResult.of(figures);
    }

    /** Starts an operator on a fleet that is in step. */
    List<Figure> measure() {
        List<Figure> figures = new ArrayList<>();
        VaultFigures vault = lab.vaultFigures();
        ApiFigures api = lab.apiFigures();
        progress.line("starting the operator again");
        try (OperatorProcess again = OperatorProcess.start(lab, settings)) {
            Optional<Long> ready = again.awaitReady();
            ready.ifPresent(at ->
                    figures.add(
                            Figure.seconds(
                                    "start_to_ready",
                                    "start to operator ready",
                                    Duration.ofNanos(at - again.begun()))));
            figures.add(
                    Figure.seconds(
                            "start_to_settled",
                            "start to settled",
                            Duration.ofNanos(settled(again) - again.begun())));
            again.figures()
                    .ifPresent(at -> {
                        figures.add(Figure.seconds("cpu_to_settled", "CPU until then", at.cpu()));
                        figures.add(Figure.megabytes("rss_peak", "RSS peak", at.peak()));
                    });
            Patience.pause(AFTERWARDS);
            Requests.tell(figures, lab.vaultFigures().since(vault), lab.apiFigures().since(api));
        }
        return figures;
    }

    /** When the last object was looked at. */
    private long settled(OperatorProcess operator) {
        long end = System.nanoTime() + Limits.sync(settings.objects()).toNanos();
        long count = -1;
        long changed = System.nanoTime();
        while (true) {
            long now = System.nanoTime();
            long found = operator.count(ControllerCount.RECONCILES).orElse(0);
            if (found != count) {
                count = found;
                changed = now;
            }
            if (count >= settings.objects() && now - changed > QUIET.toNanos()) {
                return changed;
            }
            if (now > end || !operator.isAlive()) {
                throw new BenchException(
                        "after its restart the operator has looked at %d of %d ExternalSecrets"
                                .formatted(count, settings.objects()));
            }
            Patience.pause(STEP);
        }
    }
}

package dev.signet.cli.bench;

import dev.signet.testbed.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes and breaks everything for a while, and then looks whether all has come right. */
final class ChurnShape {

    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(50);
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(30);
    private static final Duration BETWEEN_STORE_EDITS = Duration.ofSeconds(90);
    private static final Duration VAULT_DOWN = Duration.ofSeconds(8);
    private static final int VAULT_RESTARTS = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Lab lab;
    private final BenchSettings settings;
    private final Progress progress;

    ChurnShape(Lab lab, BenchSettings settings, Progress progress) {
        this.lab = lab;
        this.settings = settings;
        this.progress = progress;
    }

    RunResult run(int number) {
        Fleet fleet =
                new Fleet(lab, "churn-" + number, settings.objects(), INTERVAL.toSeconds() + "s");
        Churn churn = new Churn(lab, fleet, new Random(number));
        List<Figure> figures = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<RunResult.Sample> curve;
        try (SyncedFleet synced = SyncedFleet.start(lab, settings, progress, fleet)) {
            OperatorProcess operator = synced.operator();
            Sampler sampler = new Sampler(operator, settings.own(), churn::changes, progress);
            change(churn, operator, sampler);
            figures.add(Figure.count("changes", "changes", churn.changes()));
            figures.addAll(sampler.trend());
            judge(new Checker(lab, fleet), churn, figures, problems);
            sampler.take();
            curve = sampler.samples();
            operator.figures()
                    .ifPresent(
                            at -> figures.add(Figure.megabytes("rss_peak", "RSS peak", at.peak())));
            OperatorProcess.Ended ended = operator.terminate();
            figures.add(Figure.seconds("stop", "SIGTERM to end", ended.took()));
            figures.add(Figure.count("exit_status", "exit status", ended.status()));
        }
        settings.cleanUp(fleet, number);
        return new RunResult(figures, curve, List.of(), problems);
    }

    private void change(Churn churn, OperatorProcess operator, Sampler sampler) {
        long end = System.nanoTime() + settings.duration().toNanos();
        Rhythm samples = new Rhythm(BETWEEN_SAMPLES);
        Rhythm stores = new Rhythm(BETWEEN_STORE_EDITS);
        Rhythm restarts = new Rhythm(settings.duration().dividedBy(VAULT_RESTARTS + 1));
        Thread restarting = Thread.ofVirtual().start(() -> {});
        while (System.nanoTime() < end) {
            if (!operator.isAlive()) {
                throw new BenchException(
                        "the operator has ended after %d changes".formatted(churn.changes()));
            }
            churn.step();
            if (stores.due()) {
                churn.editStore();
            }
            if (!restarting.isAlive() && restarts.due()) {
                progress.line("restarting the vault");
                restarting = Thread.ofVirtual().start(() -> churn.restartVault(VAULT_DOWN));
            }
            if (samples.due()) {
                sampler.take();
            }
            Patience.pause(BETWEEN_CHANGES);
        }
        join(restarting);
    }

    /** Waits until all is right, but not for ever: an interval must be enough. */
    private void judge(Checker checker, Churn churn, List<Figure> figures, List<String> problems) {
        progress.line("no more changes; waiting until every Secret is right");
        long begun = System.nanoTime();
        long end = begun + INTERVAL.multipliedBy(2).plus(PATIENCE).toNanos();
        Checker.Verdict verdict = checker.check(churn.expected(), settings.concurrent());
        while (!verdict.right() && System.nanoTime() < end) {
            Patience.pause(Duration.ofSeconds(2));
            verdict = checker.check(churn.expected(), settings.concurrent());
        }
        figures.add(
                Figure.seconds(
                        "quiet_to_right",
                        "last change to all right",
                        Duration.ofNanos(System.nanoTime() - begun)));
        figures.add(Figure.count("objects", "ExternalSecrets at the end", churn.expected().size()));
        figures.add(Figure.count("stale", "stale Secrets", verdict.stale()));
        figures.add(Figure.count("missing", "missing Secrets", verdict.missing()));
        figures.add(Figure.count("extra", "Secrets too many", verdict.extra()));
        figures.add(Figure.count("not_ready", "ExternalSecrets not Ready", verdict.notReady()));
        if (!verdict.right()) {
            problems.add(
                    "%d Secrets are stale, %d missing, %d too many, %d ExternalSecrets not Ready"
                            .formatted(
                                    verdict.stale(),
                                    verdict.missing(),
                                    verdict.extra(),
                                    verdict.notReady()));
            problems.addAll(verdict.reasons());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    /** Something that is to happen from time to time. */
    private static final class Rhythm {

        private final Duration between;
        private long last = System.nanoTime();

        Rhythm(Duration between) {
            this.between = between;
        }

        boolean due() {
            long now = System.nanoTime();
            if (now - last < between.toNanos()) {
                return false;
            }
            last = now;
            return true;
        }
    }
}

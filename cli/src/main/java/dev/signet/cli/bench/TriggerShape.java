package dev.signet.cli.bench;

import dev.signet.testbed.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Times the way of a changed value into its Secret when somebody asks for it. */
final class TriggerShape {

    private static final int TRIGGERS = 200;
    private static final Duration BETWEEN = Duration.ofMillis(50);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Lab lab;
    private final BenchSettings settings;
    private final Progress progress;

    TriggerShape(Lab lab, BenchSettings settings, Progress progress) {
        this.lab = lab;
        this.settings = settings;
        this.progress = progress;
    }

    RunResult run(int number) {
        Fleet fleet = new Fleet(lab, "trigger-" + number, settings.objects(), "1h");
        List<Figure> figures;
        try (SyncedFleet synced = SyncedFleet.start(lab, settings, progress, fleet).settled()) {
            figures = measure(fleet, synced.operator(), number);
        }
        settings.cleanUp(fleet, number);
        return RunResult.of(figures);
    }

    /** Triggers objects of a fleet that is in step. */
    List<Figure> measure(Fleet fleet, OperatorProcess operator, int number) {
        List<Double> times = new ArrayList<>();
        try (ValueWatch values = ValueWatch.open(lab)) {
            progress.line("triggering %d of them, one after the other".formatted(TRIGGERS));
            for (int i = 0; i < TRIGGERS; i++) {
                int index = (int) ((long) i * fleet.size() / TRIGGERS);
                String value = "rotated-%d-%d".formatted(number, i);
                lab.value(index, value);
                values.expect(index, value);
                long sent = System.nanoTime();
                fleet.forceSync(index, value);
                long at = values.await(LIMIT, operator::isAlive);
                times.add((at - sent) / 1e6);
                Patience.pause(BETWEEN);
            }
        }
        return List.of(
                Figure.count("triggers", "triggers", times.size()),
                Figure.milliseconds(
                        "trigger_to_value_p50",
                        "force-sync to value, p50",
                        Numbers.percentile(times, 50)),
                Figure.milliseconds(
                        "trigger_to_value_p99",
                        "force-sync to value, p99",
                        Numbers.percentile(times, 99)),
                Figure.milliseconds(
                        "trigger_to_value_max",
                        "force-sync to value, longest",
                        Numbers.percentile(times, 100)));
    }
}

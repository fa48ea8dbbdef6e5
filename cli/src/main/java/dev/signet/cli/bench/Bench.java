package dev.signet.cli.bench;

import dev.signet.testbed.Binaries;
import dev.signet.testbed.Progress;
import java.util.ArrayList;
import java.util.List;

/** Measures an operator at its work, on servers of its own. */
public final class Bench {

    private final BenchSettings settings;
    private final Progress progress;

    /**
     * @param progress is told what goes on
     */
    public Bench(BenchSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Starts the servers, measures as often as asked for, and ends all that it has started.
     *
     * @throws BenchException when a measurement cannot be made
     * @throws dev.signet.testbed.TestbedException when a server cannot be started
     */
    public BenchReport run(Binaries binaries) {
        List<RunResult> results = new ArrayList<>();
        try (Lab lab = Lab.start(binaries, settings, progress)) {
            for (int i = 1; i <= settings.runs(); i++) {
                if (settings.runs() > 1) {
                    progress.line("run %d of %d".formatted(i, settings.runs()));
                }
                results.add(one(lab, binaries, i));
            }
        }
        return new BenchReport(settings, Runtime.getRuntime().availableProcessors(), results);
    }

    private RunResult one(Lab lab, Binaries binaries, int number) {
        return switch (settings.shape()) {
            case COLD -> new ColdShape(lab, settings, progress).run(number);
            case REFRESH -> new RefreshShape(lab, settings, progress).run(number);
            case TRIGGER -> new TriggerShape(lab, settings, progress).run(number);
            case RESTART -> new RestartShape(lab, settings, progress).run(number);
            case ALL -> new AllShape(lab, settings, progress).run(number);
            case CHURN -> new ChurnShape(lab, settings, progress).run(number);
            case SEALED -> new SealedShape(lab, binaries, settings, progress).run(number);
        };
    }
}

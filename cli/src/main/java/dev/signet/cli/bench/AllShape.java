package dev.signet.cli.bench;

import dev.signet.testbed.Progress;
import java.util.List;

/** Cold, then trigger, then restart on one fleet, which takes most of the time to make. */
final class AllShape {

    private final Lab lab;
    private final BenchSettings settings;
    private final Progress progress;

    AllShape(Lab lab, BenchSettings settings, Progress progress) {
        this.lab = lab;
        this.settings = settings;
        this.progress = progress;
    }

    RunResult run(int number) {
        return new ColdShape(lab, settings, progress).run(number, new Rest(number));
    }

    private final class Rest implements ColdShape.More {

        private final int number;

        Rest(int number) {
            this.number = number;
        }

        @Override
        public List<Figure> running(Fleet fleet, OperatorProcess operator) {
            return new TriggerShape(lab, settings, progress).measure(fleet, operator, number);
        }

        @Override
        public List<Figure> ended(Fleet fleet) {
            return new RestartShape(lab, settings, progress)
                    .measure().stream().map(figure -> figure.of("restart")).toList();
        }
    }
}

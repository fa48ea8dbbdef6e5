package dev.signet.cli.bench;

import dev.signet.testbed.Binaries;
import dev.signet.testbed.BitnamiController;
import java.net.http.HttpClient;
import java.util.Map;

/** One of the two controllers of SealedSecrets that are compared. */
enum SealedRival {
    /** This operator. */
    SIGNET("signet"),
    /** Bitnami's controller, without a limit of its own on requests. */
    BITNAMI("bitnami");

    private final String label;

    SealedRival(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** A controller that runs. */
    interface Running extends AutoCloseable {

        /** When it was started, on the clock of {@link System#nanoTime}. */
        long begun();

        long pid();

        boolean isAlive();

        /** How many SealedSecrets it says are in step. */
        long inStep();

        /** Ends it. */
        @Override
        void close();
    }

    /**
     * Starts it, and does not wait.
     *
     * @param home the namespace of its keys
     */
    Running start(Lab lab, Binaries binaries, BenchSettings settings, String home) {
        return switch (this) {
            case SIGNET -> new Own(lab, settings, home);
            case BITNAMI -> new Other(lab, binaries, home);
        };
    }

    private static final class Own implements Running {

        private final OperatorProcess process;

        Own(Lab lab, BenchSettings settings, String home) {
            this.process = OperatorProcess.start(lab, settings, Map.of("POD_NAMESPACE", home));
        }

        @Override
        public long begun() {
            return process.begun();
        }

        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public boolean isAlive() {
            return process.isAlive();
        }

        @Override
        public long inStep() {
            return process.inStep();
        }

        @Override
        public void close() {
            try {
                process.terminate();
            } finally {
                process.close();
            }
        }
    }

    private static final class Other implements Running {

        private final BitnamiController process;
        private final HttpClient http =
                HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();

        Other(Lab lab, Binaries binaries, String home) {
            this.process =
                    BitnamiController.builder(binaries, lab.plane(), home)
                            .withFlag("--kubeclient-qps=-1")
                            .withFlag("--key-renew-period=0")
                            .withoutWaiting()
                            .start();
        }

        @Override
        public long begun() {
            return process.begun();
        }

        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public boolean isAlive() {
            return process.isAlive();
        }

        @Override
        public long inStep() {
            return InStepCount.read(http, process.metrics());
        }

        @Override
        public void close() {
            process.close();
            http.shutdownNow();
        }
    }
}

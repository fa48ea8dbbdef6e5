package dev.signet.cli;

import dev.signet.cli.bench.Bench;
import dev.signet.cli.bench.BenchReport;
import dev.signet.cli.bench.BenchSettings;
import dev.signet.cli.bench.Shape;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        description = {
            "Measures the operator on a control plane and a vault of its own, against the least work that its fleet needs.",
            "Everything runs on this machine and is cleaned up at the end. What is missing is downloaded or built first, and kept in a cache."
        },
        footer = {
            "",
            "Shapes:",
            "  cold      a fleet that was never synced is there when the operator starts",
            "  refresh   all of a synced fleet is due at once, and nothing has changed",
            "  trigger   objects of a synced fleet are triggered one after the other",
            "  restart   the operator is started again, and nothing has changed",
            "  all       cold, then trigger, then restart on the same fleet",
            "  churn     everything changes and breaks for a while; then all must be right",
            "  sealed    SealedSecrets are opened cold and after a restart, with 1 and with 36 keys, beside Bitnami's controller",
            "",
            "Example:",
            "  signet bench --n 2000 --shape cold --runs 3 -o json",
            "  signet bench --command 'other-operator --metrics-addr=:{metrics-port}'"
        })
final class BenchCommand implements Callable<Integer> {

    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(40);

    @Spec private CommandSpec spec;

    @Option(
            names = "--n",
            paramLabel = "N",
            defaultValue = "2000",
            converter = Converters.OfCount.class,
            description = "How many ExternalSecrets or SealedSecrets (default: ${DEFAULT-VALUE}).")
    private int objects;

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            defaultValue = "cold",
            description =
                    "Which work: cold, refresh, trigger, restart, all, churn or sealed (default: ${DEFAULT-VALUE}).")
    private Shape shape;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "1",
            converter = Converters.OfCount.class,
            description = "How often; the median is told too (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--concurrent",
            paramLabel = "N",
            defaultValue = "32",
            converter = Converters.OfCount.class,
            description =
                    "The most syncs at once, of the operator and of the floor (default: ${DEFAULT-VALUE}).")
    private int concurrent;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            defaultValue = "30m",
            converter = Converters.OfDuration.class,
            description = "How long churn goes on (default: ${DEFAULT-VALUE}).")
    private Duration duration;

    @Option(
            names = "--command",
            paramLabel = "COMMAND",
            defaultValue = "",
            description =
                    "Measure another operator, which this command of the shell starts; {kubeconfig}, {metrics-port} and {health-port} are filled in.")
    private String command;

    @Option(
            names = "--jfr",
            paramLabel = "FILE",
            description =
                    "Record a cold sync with the JDK's flight recorder into this file, and tell the ten hottest methods.")
    private @Nullable Path recording;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text or json (default: ${DEFAULT-VALUE}).",
            defaultValue = "text",
            converter = Converters.OfFormat.class)
    private OutputFormat format;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Progress progress =
                line -> {
                    err.println("signet: " + line);
                    err.flush();
                };
        BenchSettings settings =
                new BenchSettings(objects, shape, runs, concurrent, duration, command, recording);
        try (OrderlyEnd _ = OrderlyEnd.listen(PATIENCE_AT_THE_END, OrderlyEnd.BROKEN_OFF)) {
            BenchReport report = new Bench(settings, progress).run(Binaries.discover(progress));
            PrintWriter out = spec.commandLine().getOut();
            out.print(
                    switch (format) {
                        case TEXT -> report.text();
                        case JSON -> report.json() + System.lineSeparator();
                    });
            out.flush();
            return report.failed() ? Main.FAILED : Main.DONE;
        } finally {
            OrderlyEnd.beginCleaningUp();
        }
    }
}

package dev.signet.cli;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Where the command starts. */
@Command(
        name = "signet",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        description = "Keeps Kubernetes Secrets in step with where they really live.",
        subcommands = {
            RunCommand.class,
            TryCommand.class,
            CheckCommand.class,
            KeysCommand.class,
            CrdsCommand.class,
            SealUsage.class,
            BenchCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example:",
            "  signet try                 see it work, on this machine alone",
            "  signet crds | kubectl apply --server-side -f -",
            "  signet run                 run the operator against KUBECONFIG",
            "  signet seal -f secret.yaml -w sealed.yaml"
        })
public final class Main implements Runnable {

    /** The work was done. */
    static final int DONE = 0;

    /** The work failed; one line on stderr says what, where and what to do. */
    static final int FAILED = 1;

    /** The command was not understood. */
    static final int WRONG_USAGE = 2;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        end(run(args));
    }

    /** The one place that ends the process. */
    static void end(int status) {
        System.exit(status);
    }

    /** Runs the command and returns its exit code. */
    static int run(String... args) {
        if (Sealing.asked(args)) {
            return Sealing.run(args);
        }
        return written(
                Checking.asked(args)
                        ? Checking.run(args)
                        : commandLine(System.getenv()).execute(args));
    }

    /** Printing tells of no error; a backup that a full disk has cut short is none. */
    private static int written(int status) {
        if (status != DONE || !System.out.checkError()) {
            return status;
        }
        System.err.println(
                "signet: standard output cannot be written; check for a full disk or a reader that has ended");
        return FAILED;
    }

    /** The command with all below it; flags that are not given are taken from the environment. */
    static CommandLine commandLine(Map<String, String> environment) {
        CommandLine root =
                new CommandLine(new Main())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setParameterExceptionHandler(Main::wrongUsage)
                        .setExecutionExceptionHandler(Main::failed);
        Objects.requireNonNull(root.getSubcommands().get("run"))
                .setDefaultValueProvider(new EnvironmentDefaults(environment));
        return root;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command is given");
    }

    private static int wrongUsage(ParameterException e, String[] args) {
        e.getCommandLine().getErr().println("signet: " + WrongUsage.line(e, List.of(args)));
        return WRONG_USAGE;
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult result) {
        command.getErr().println("signet: " + Failures.line(e));
        return FAILED;
    }
}

package dev.signet.cli.seal;

import dev.signet.cli.manifest.ManifestException;
import java.util.List;
import java.util.Objects;

/**
 * {@code signet seal}, which is kubeseal under its own name. It is run without the library for
 * commands: that alone takes longer to start than a value to seal.
 */
public final class SealCommand {

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    /** The version whose flags, messages and formats are kept to. */
    private static final String LIKE = "v0.40.0";

    private final SealContext context;

    /** A command in its surroundings. */
    public SealCommand(SealContext context) {
        this.context = context;
    }

    /** Runs it, and returns the exit code of the process. */
    public int run(List<String> arguments) {
        return context.ended(status(arguments), "error: ");
    }

    private int status(List<String> arguments) {
        FlagValues flags;
        try {
            flags = new FlagParser(SealFlags.all()).parse(arguments, context.environment());
        } catch (FlagException e) {
            return wrongUsage(e);
        }
        if (flags.askedForHelp()) {
            return help();
        }
        if (flags.on(SealFlags.VERSION)) {
            context.out()
                    .println("kubeseal version: %s (Signet %s)".formatted(LIKE, context.version()));
            return DONE;
        }
        if (flags.on(SealFlags.HELP)) {
            return help();
        }
        if (flags.given(Flag.ROTATE).isPresent()) {
            context.err()
                    .println("Flag --rotate has been deprecated, please use --re-encrypt instead");
        }
        return work(flags);
    }

    private int work(FlagValues flags) {
        try {
            new SealRun(context, flags).run();
            return DONE;
        } catch (SealException | ManifestException e) {
            context.err().println("error: " + e.getMessage());
        } catch (InterruptedException e) {
            context.err().println("error: interrupted");
        } catch (RuntimeException | StackOverflowError e) {
            context.err().println("error: " + Unexpected.line(e));
        }
        return FAILED;
    }

    private int help() {
        context.out().println("Usage of %s:".formatted(context.program()));
        context.out().print(FlagHelp.table(SealFlags.all()));
        if (!context.isKubeseal()) {
            context.out().print(examples());
        }
        return DONE;
    }

    private String examples() {
        return """

        Examples:
          kubectl create secret generic db --dry-run=client --from-file=password -o yaml | %1$s -o yaml -w sealed-db.yaml
          %1$s --fetch-cert > sealing.pem
          %1$s --cert sealing.pem -f secret.yaml -w sealed-secret.yaml
          printf %%s "$TOKEN" | %1$s --raw --namespace apps --name api
          %1$s --dir applications/litellm          see %1$s --dir . --help
          %1$s set KEY=VALUE -w sealed-db.yaml     see %1$s set --help
        """
                .formatted(context.program());
    }

    // Bitnami's writes the first line to standard error, and all else to standard output.
    private int wrongUsage(FlagException problem) {
        String message = Objects.requireNonNullElse(problem.getMessage(), "");
        if (context.isKubeseal()) {
            context.err().println("Usage of %s:".formatted(context.program()));
            context.out().print(FlagHelp.table(SealFlags.all()));
            context.out().println(message);
        } else {
            context.err().println("signet: %s; see signet seal --help".formatted(message));
        }
        return WRONG_USAGE;
    }
}

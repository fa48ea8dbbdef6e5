package dev.signet.cli.seal;

import dev.signet.sealed.SealingCertificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * What commands beside {@code seal} need of it: the same flags, the same certificate, the same
 * namespace.
 */
public final class SealTools {

    /** Seal the plaintext Secrets of this folder. */
    public static final String DIR = "dir";

    /** Seal unchanged values anew too. */
    public static final String RESEAL = "reseal";

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;
    private static final String PREFIX = "signet: ";
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final List<String> SHOWN =
            List.of(
                    SealFlags.CERT,
                    SealFlags.CONTROLLER_NAME,
                    SealFlags.CONTROLLER_NAMESPACE,
                    SealFlags.NAMESPACE,
                    "kubeconfig",
                    "context");

    private final SealContext context;
    private final FlagValues flags;
    private final ClusterSettings settings;

    private SealTools(SealContext context, FlagValues flags) {
        this.context = context;
        this.flags = flags;
        this.settings = new ClusterSettings(flags, context.environment());
    }

    /** The work of a command. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does it.
         *
         * @throws SealException where it fails
         * @throws Misused where the command was not understood
         */
        void run(SealTools tools) throws SealException, Misused, InterruptedException;
    }

    /** The command was not understood. */
    public static final class Misused extends Exception {

        private static final long serialVersionUID = 1L;

        /** With what is wrong, in one line. */
        public Misused(String message) {
            super(message);
        }
    }

    /**
     * Runs a command, and returns the exit code of the process.
     *
     * @param name of the command behind {@code signet}
     * @param head of its help
     * @param own names of the flags of seal that its help shows, besides those of the cluster
     */
    public static int run(
            SealContext context,
            String name,
            String head,
            List<String> own,
            List<String> arguments,
            Work work) {
        List<Flag> all = new ArrayList<>(SealFlags.all());
        all.add(Flag.text(DIR, "Folder whose local-secrets/ is sealed into templates/"));
        all.add(Flag.bool(RESEAL, "Seal unchanged values anew too, for a new certificate"));
        try {
            FlagValues flags = new FlagParser(all).parse(arguments, context.environment());
            List<String> shown = Stream.concat(SHOWN.stream(), own.stream()).toList();
            if (flags.askedForHelp() || flags.on(SealFlags.HELP)) {
                context.out().print(head);
                context.out()
                        .print(
                                FlagHelp.table(
                                        all.stream()
                                                .filter(flag -> shown.contains(flag.name()))
                                                .toList()));
                return context.ended(DONE, PREFIX);
            }
            refuseWithoutEffect(all, shown, arguments);
            work.run(new SealTools(context, flags));
            return context.ended(DONE, PREFIX);
        } catch (FlagException | Misused e) {
            String message = Objects.requireNonNullElse(e.getMessage(), "");
            context.err().println(PREFIX + "%s; see signet %s --help".formatted(message, name));
            return WRONG_USAGE;
        } catch (SealException e) {
            context.err().println(PREFIX + e.getMessage());
        } catch (InterruptedException e) {
            context.err().println(PREFIX + "interrupted");
        } catch (RuntimeException | StackOverflowError e) {
            context.err().println(PREFIX + Unexpected.line(e));
        }
        return FAILED;
    }

    // Who gives a flag relies on it. A variable may be meant for other commands.
    private static void refuseWithoutEffect(
            List<Flag> all, List<String> shown, List<String> arguments)
            throws FlagException, Misused {
        Set<String> given = new FlagParser(all).parse(arguments, Map.of()).names();
        for (Flag flag : all) {
            boolean ofOtherCommands =
                    SealFlags.ofSealing(flag.name())
                            || flag.name().equals(DIR)
                            || flag.name().equals(RESEAL);
            if (ofOtherCommands && given.contains(flag.name()) && !shown.contains(flag.name())) {
                throw new Misused("--%s has no effect here".formatted(flag.name()));
            }
        }
    }

    /** What the command line says. */
    public FlagValues flags() {
        return flags;
    }

    /** The world around. */
    public SealContext context() {
        return context;
    }

    /** The value of {@code -w}; empty for none. */
    public String file() {
        return flags.text(SealFlags.OUTPUT);
    }

    /** The value of {@code --name}; empty for none. */
    public String name() {
        return flags.text(SealFlags.NAME);
    }

    /** The namespace where an object names none: of the command line, else of the kubeconfig. */
    public String namespace() throws SealException {
        return settings.namespace();
    }

    /** The certificate of {@code --cert}, else of the controller. */
    public SealingCertificate certificate() throws SealException, InterruptedException {
        String place = flags.text(SealFlags.CERT);
        if (!place.isEmpty()) {
            return CertificateSource.at(place, context.environment()).certificate(context.clock());
        }
        try (Controller controller = Controller.of(flags, settings)) {
            return controller.certificate(context.clock());
        }
    }

    /**
     * The same, where it can be had at once and nobody has to log in for it: for what is good to
     * know, and not needed.
     */
    public Optional<SealingCertificate> certificateAtHand() throws InterruptedException {
        FutureTask<Optional<SealingCertificate>> asked =
                new FutureTask<>(
                        () -> needsLogin() ? Optional.empty() : Optional.of(certificate()));
        Thread.ofVirtual().start(asked);
        try {
            return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } finally {
            asked.cancel(true);
        }
    }

    private boolean needsLogin() throws SealException {
        if (!flags.text(SealFlags.CERT).isEmpty()) {
            return false;
        }
        var user = settings.cluster().user();
        return user.has("exec") || user.has("auth-provider");
    }

    /** Whether somebody sits before standard input. */
    public boolean isInputTerminal() {
        return Terminal.isInput();
    }
}

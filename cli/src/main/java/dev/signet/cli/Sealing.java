package dev.signet.cli;

import dev.signet.cli.seal.PrintableStream;
import dev.signet.cli.seal.SealCommand;
import dev.signet.cli.seal.SealContext;
import dev.signet.cli.seal.dir.DirCommand;
import dev.signet.cli.seal.set.SetCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/** The way to {@code signet seal} past the library for commands, which would double its start. */
final class Sealing {

    private static final String SEAL = "seal";

    private Sealing() {}

    /** Whether the command was called by the name of kubeseal, or is to seal. */
    static boolean asked(String[] args) {
        return isKubeseal()
                || (args.length > 0 && args[0].equals(SEAL))
                || (args.length > 1 && args[0].equals("help") && args[1].equals(SEAL));
    }

    static int run(String[] args) {
        boolean kubeseal = isKubeseal();
        SealContext context =
                new SealContext(
                        kubeseal ? SealContext.KUBESEAL : "signet seal",
                        version(),
                        System.getenv(),
                        System.in,
                        stream(new FileOutputStream(FileDescriptor.out)),
                        stream(new PrintableStream(new FileOutputStream(FileDescriptor.err))),
                        Clock.systemUTC(),
                        new SecureRandom());
        List<String> words = List.of(args);
        if (!kubeseal) {
            words = args[0].equals(SEAL) ? words.subList(1, words.size()) : List.of("--help");
        }
        if (!kubeseal && DirCommand.asked(words)) {
            return DirCommand.run(context, words);
        }
        if (!kubeseal && !words.isEmpty() && words.getFirst().equals("set")) {
            return SetCommand.run(context, words.subList(1, words.size()));
        }
        return new SealCommand(context).run(words);
    }

    private static boolean isKubeseal() {
        return SealContext.KUBESEAL.equals(System.getProperty("signet.command"));
    }

    private static String version() {
        try {
            return VersionCommand.signet();
        } catch (IOException e) {
            return "of unknown version";
        }
    }

    // Manifests are UTF-8 wherever the command is run.
    private static PrintStream stream(OutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}

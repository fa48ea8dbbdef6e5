package dev.signet.cli.seal.dir;

import dev.signet.cli.seal.SealContext;
import dev.signet.cli.seal.SealException;
import dev.signet.cli.seal.SealTools;
import dev.signet.sealed.Scope;
import dev.signet.sealed.SealingCertificate;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code signet seal --dir}. */
public final class DirCommand {

    private static final String FLAG = "--" + SealTools.DIR;
    private static final String HELP =
            """
            Usage: signet seal --dir DIR [--reseal]
            Seals every file of DIR/local-secrets/ into DIR/templates/sealed-*.yaml. Unchanged values stay as they are,
            local-secrets/ is left out of Git, and plaintext that Git knows is refused.
            What was sealed is remembered by keyed hashes in DIR/local-secrets/.sealed-state.

            Example:
              signet seal --dir applications/litellm

            """;

    private DirCommand() {}

    /** Whether these words of {@code signet seal} are for it. */
    public static boolean asked(List<String> words) {
        return words.stream().anyMatch(word -> word.equals(FLAG) || word.startsWith(FLAG + "="));
    }

    /** Runs it, and returns the exit code of the process. */
    public static int run(SealContext context, List<String> words) {
        return SealTools.run(
                context,
                "seal --dir DIR",
                HELP,
                List.of(SealTools.DIR, SealTools.RESEAL, "scope"),
                words,
                DirCommand::seal);
    }

    private static void seal(SealTools tools)
            throws SealException, SealTools.Misused, InterruptedException {
        if (!tools.flags().words().isEmpty()) {
            throw new SealTools.Misused(
                    "--dir takes one folder, and '%s' is left over"
                            .formatted(tools.flags().words().getFirst()));
        }
        if (tools.flags().text(SealTools.DIR).isBlank()) {
            throw new SealTools.Misused("--dir needs the folder of an application");
        }
        FolderSealer sealer =
                new FolderSealer(
                        new OfTheCommand(tools),
                        tools.flags().on(SealTools.RESEAL),
                        tools.context().random());
        try {
            for (Outcome outcome : sealer.seal(Path.of(tools.flags().text(SealTools.DIR)))) {
                tools.context().out().println(outcome.text());
            }
            if (sealer.problem().isPresent()) {
                throw new SealException(sealer.problem().get());
            }
        } catch (FolderException e) {
            throw new SealException(String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            throw new SealException(e.getFile() + " is not there");
        } catch (IOException e) {
            throw new SealException("cannot be read or written: " + e.getMessage());
        } finally {
            sealer.notes().forEach(tools.context().err()::println);
        }
    }

    private record OfTheCommand(SealTools tools) implements FileSealer.Means {

        @Override
        public Optional<SealingCertificate> certificateAtHand() throws InterruptedException {
            return tools.certificateAtHand();
        }

        @Override
        public String demandedNamespace() {
            return tools.flags().text("namespace");
        }

        @Override
        public Scope scope() {
            return Scope.ofWord(tools.flags().text("scope")).orElse(Scope.STRICT);
        }

        @Override
        public SealingCertificate certificate() throws FolderException, InterruptedException {
            try {
                return tools.certificate();
            } catch (SealException e) {
                throw new FolderException(String.valueOf(e.getMessage()));
            }
        }

        @Override
        public String namespace() throws FolderException {
            try {
                return tools.namespace();
            } catch (SealException e) {
                throw new FolderException(
                        "a Secret names no namespace, and %s; say -n NAMESPACE"
                                .formatted(e.getMessage()));
            }
        }
    }
}

package dev.signet.cli;

import dev.signet.cli.check.Check;
import dev.signet.cli.check.Finding;
import dev.signet.cli.check.GitSilentException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The way to {@code signet check} past the library for commands, where there are no flags: before
 * each commit somebody waits for it.
 */
final class Checking {

    private static final String CHECK = "check";

    private Checking() {}

    /** Whether the command is to check, and says nothing but places. */
    static boolean asked(String[] args) {
        return args.length > 0
                && args[0].equals(CHECK)
                && Arrays.stream(args)
                        .noneMatch(word -> word.startsWith("-") || word.startsWith("@"));
    }

    static int run(String[] args) {
        try {
            List<Path> places = Arrays.stream(args).skip(1).map(Path::of).toList();
            List<Finding> findings = findings(places);
            findings.forEach(finding -> System.out.println(finding.text()));
            return findings.isEmpty() ? Main.DONE : Main.FAILED;
        } catch (InvalidPathException e) {
            System.err.println(
                    "signet: a path cannot be written in this locale; set LC_ALL=C.UTF-8");
            return Main.WRONG_USAGE;
        } catch (CommandFailedException | RuntimeException e) {
            System.err.println("signet: " + Failures.line(e));
            return Main.FAILED;
        }
    }

    /** The plaintext Secrets in these places; in the current folder where there are none. */
    static List<Finding> findings(List<Path> places) throws CommandFailedException {
        try {
            return Check.findings(places.isEmpty() ? List.of(Path.of(".")) : places);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException(e.getFile() + " is not there; check the path");
        } catch (GitSilentException e) {
            throw new CommandFailedException(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailedException("cannot be read: " + e.getMessage());
        }
    }
}

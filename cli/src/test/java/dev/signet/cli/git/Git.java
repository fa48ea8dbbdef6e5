package dev.signet.cli.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Runs the real {@code git}, where there is one. */
public final class Git {

    private final Path folder;

    private Git(Path folder) {
        this.folder = folder;
    }

    /** A new repository; without git, the test is left out. */
    public static Git init(Path folder) {
        try {
            new ProcessBuilder("git", "--version").start().waitFor();
        } catch (IOException | InterruptedException e) {
            Assumptions.abort("git is not installed");
        }
        Git git = new Git(folder);
        git.run("init", "-q");
        git.run("config", "user.name", "Test");
        git.run("config", "user.email", "test@example.org");
        return git;
    }

    /** Runs a command to its good end. */
    public void run(String... words) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
            Process process = builder.start();
            String out =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(out).isZero();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

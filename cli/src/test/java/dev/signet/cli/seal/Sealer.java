package dev.signet.cli.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the command in the test's own process, on files of a folder. */
final class Sealer {

    static final String BY_ITSELF = "signet seal";

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private Clock clock = Clock.systemUTC();
    private String program = SealContext.KUBESEAL;

    Sealer(Path folder) {
        this.folder = folder;
        environment.put("HOME", folder.toString());
        for (String file : List.of("sealing.pem", "sealing-key.pem", "elliptic.pem")) {
            try (InputStream in = Sealer.class.getResourceAsStream(file)) {
                Files.write(folder.resolve(file), in.readAllBytes());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** How the command ended. */
    record Ended(int status, String out, String err) {}

    Sealer with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Sealer at(Clock time) {
        clock = time;
        return this;
    }

    Sealer as(String name) {
        program = name;
        return this;
    }

    /** Words may name files of the folder as {@code @file}. */
    Ended run(String input, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        SealContext context =
                new SealContext(
                        program,
                        "1.2.3",
                        environment,
                        new ByteArrayInputStream(input.getBytes(UTF_8)),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        clock,
                        new SecureRandom());
        List<String> arguments =
                List.of(words).stream().map(word -> word.replace("@", folder + "/")).toList();
        int status = new SealCommand(context).run(arguments);
        return new Ended(
                status, out.toString(UTF_8), err.toString(UTF_8).replace(folder + "/", "@"));
    }

    String file(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

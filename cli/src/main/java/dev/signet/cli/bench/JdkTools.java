package dev.signet.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a JVM about itself with the tools of the JDK that this runs on. */
final class JdkTools {

    private static final int TOP = 10;

    // Metaspace and class space are told in lines of the same form.
    private static final Pattern USED =
            Pattern.compile("(?m)^\\s*(?!Metaspace|class space)\\S.*\\bused (\\d+)([KMG])");

    private JdkTools() {}

    /** The bytes of live objects, after a full collection; empty if that is no such JVM. */
    static OptionalLong liveHeap(long pid) {
        if (run("jcmd", Long.toString(pid), "GC.run").isEmpty()) {
            return OptionalLong.empty();
        }
        return run("jcmd", Long.toString(pid), "GC.heap_info")
                .map(JdkTools::heapUsed)
                .orElse(OptionalLong.empty());
    }

    static OptionalLong heapUsed(String heapInfo) {
        Matcher used = USED.matcher(heapInfo);
        long bytes = 0;
        boolean found = false;
        while (used.find()) {
            found = true;
            bytes += Long.parseLong(used.group(1)) * unit(used.group(2));
        }
        return found ? OptionalLong.of(bytes) : OptionalLong.empty();
    }

    private static long unit(String letter) {
        return switch (letter) {
            case "K" -> 1L << 10;
            case "M" -> 1L << 20;
            default -> 1L << 30;
        };
    }

    /** Writes the flight recording that goes on in the JVM. */
    static void dumpRecording(long pid, Path file) {
        if (run("jcmd", Long.toString(pid), "JFR.dump", "filename=" + file.toAbsolutePath())
                .isEmpty()) {
            throw new BenchException("no flight recording could be had from the operator");
        }
    }

    /** The methods in which most samples were taken, a line each. */
    static List<String> hotMethods(Path recording) {
        String view =
                run("jfr", "view", "--width", "120", "hot-methods", recording.toString())
                        .orElse("");
        return view.lines()
                .map(String::strip)
                .filter(line -> line.endsWith("%"))
                .limit(TOP)
                .toList();
    }

    private static Optional<String> run(String tool, String... arguments) {
        Path program = Path.of(System.getProperty("java.home"), "bin", tool);
        if (!Files.isExecutable(program)) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String out = new String(process.getInputStream().readAllBytes(), UTF_8);
            return process.waitFor() == 0 ? Optional.of(out) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }
}

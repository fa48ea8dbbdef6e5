package dev.signet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What TCP sockets a process has, as the kernel tells. */
final class Sockets {

    private static final String LISTENS = "0A";

    private Sockets() {}

    /** One socket. */
    record State(int remotePort, boolean listens) {}

    static List<State> of(long pid) {
        Set<String> inodes;
        try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            inodes = all.map(Sockets::target).collect(Collectors.toSet());
        } catch (IOException gone) {
            return List.of();
        }
        List<State> found = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            found.addAll(read(Path.of("/proc/" + pid + "/net/" + table), inodes));
        }
        return found;
    }

    private static List<State> read(Path table, Set<String> inodes) {
        try (Stream<String> lines = Files.lines(table)) {
            return lines.skip(1)
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(fields -> inodes.contains("socket:[" + fields[9] + "]"))
                    .map(fields ->
                            new State(
                                    Integer.parseInt(
                                            fields[2].substring(fields[2].indexOf(':') + 1), 16),
                                    fields[3].equals(LISTENS)))
                    .toList();
        } catch (IOException gone) {
            return List.of();
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException gone) {
            return "";
        }
    }
}

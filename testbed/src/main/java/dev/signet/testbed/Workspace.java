package dev.signet.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A temporary folder for a server's data, keys and logs, readable by this user alone. It is deleted
 * when it is closed or, by a process that waits for that, when this JVM is gone.
 */
final class Workspace implements AutoCloseable {

    private static final int DELETE_ATTEMPTS = 10;

    private final Path folder;
    private final Process janitor;

    private Workspace(Path folder, Process janitor) {
        this.folder = folder;
        this.janitor = janitor;
    }

    static Workspace create(String name) {
        try {
            Path folder =
                    Files.createTempDirectory(
                            "signet-" + name + "-",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwx------")));
            Process janitor =
                    new ProcessBuilder(
                                    "/bin/sh",
                                    "-c",
                                    new String(Resources.bytes("janitor.sh"), UTF_8),
                                    "janitor",
                                    folder.toString())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return new Workspace(folder, janitor);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path subfolder(String name) {
        try {
            return Files.createDirectories(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            delete(folder);
            try (OutputStream words = janitor.getOutputStream()) {
                words.write("done\n".getBytes(UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder with all that is in it; one that is not there is fine. */
    static void delete(Path folder) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                deleteOnce(folder);
                return;
            } catch (IOException | UncheckedIOException stillWrittenTo) {
                if (attempt == DELETE_ATTEMPTS) {
                    throw stillWrittenTo;
                }
            }
        }
    }

    private static void deleteOnce(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException gone) {
            return;
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}

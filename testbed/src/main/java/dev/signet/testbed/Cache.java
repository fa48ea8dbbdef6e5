package dev.signet.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of finished things. An entry is made in a temporary folder beside it and renamed once it
 * is whole, under a lock that binds all processes, so that what is there is complete.
 */
final class Cache {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private final Path root;
    private final Progress progress;

    Cache(Path root, Progress progress) {
        this.root = root;
        this.progress = progress;
    }

    /** The folder that {@code SIGNET_CACHE}, {@code XDG_CACHE_HOME} or the home folder names. */
    static Path rootOf(Map<String, String> env) {
        String own = env.getOrDefault("SIGNET_CACHE", "");
        if (!own.isEmpty()) {
            return Path.of(own).toAbsolutePath();
        }
        String xdg = env.getOrDefault("XDG_CACHE_HOME", "");
        Path base =
                xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return base.resolve("signet").toAbsolutePath();
    }

    /** The folder of an entry, if it has been made. */
    Optional<Path> find(String entry) {
        Path made = root.resolve(entry);
        return Files.isDirectory(made) ? Optional.of(made) : Optional.empty();
    }

    /** The folder of an entry, made first if need be: by this process or by another meanwhile. */
    Path findOrMake(String entry, Maker maker) {
        Optional<Path> made = find(entry);
        return made.isPresent() ? made.get() : make(entry, maker);
    }

    private Path make(String entry, Maker maker) {
        Path locks = root.resolve("locks");
        try {
            Files.createDirectories(locks);
            try (FileChannel channel =
                            FileChannel.open(
                                    locks.resolve(entry + ".lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock _ = lock(channel, entry)) {
                Optional<Path> made = find(entry);
                if (made.isPresent()) {
                    return made.get();
                }
                removeLeftovers(entry);
                return makeLocked(entry, maker);
            }
        } catch (IOException e) {
            throw new TestbedException(
                    "could not make '" + entry + "' in " + root + ": " + e.getMessage(), e);
        }
    }

    private Path makeLocked(String entry, Maker maker) throws IOException {
        Path unfinished = root.resolve(leftoverPrefix(entry) + UUID.randomUUID());
        Files.createDirectories(unfinished);
        try {
            maker.makeIn(unfinished);
            return Files.move(unfinished, root.resolve(entry), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Workspace.delete(unfinished);
        }
    }

    // The lock is free again when its holder died; what that one left is nobody's.
    private void removeLeftovers(String entry) throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            for (Path path : all.toList()) {
                if (path.getFileName().toString().startsWith(leftoverPrefix(entry))) {
                    Workspace.delete(path);
                }
            }
        }
    }

    private static String leftoverPrefix(String entry) {
        return ".unfinished." + entry + ".";
    }

    private FileLock lock(FileChannel channel, String entry) throws IOException {
        boolean said = false;
        while (true) {
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return lock;
            }
            if (!said) {
                progress.line("waiting for another run that makes " + entry);
                said = true;
            }
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TestbedException("interrupted while another run makes " + entry, e);
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldInThisProcess) {
            return null;
        }
    }

    /** Fills the folder of a new entry. */
    @FunctionalInterface
    interface Maker {

        void makeIn(Path folder) throws IOException;
    }

    /** A file of an entry, for callers that need one binary alone. */
    static Path fileOf(Path entry, String name) {
        Path file = entry.resolve(name);
        if (!Files.isExecutable(file)) {
            throw new UncheckedIOException(
                    new IOException("the cache entry " + entry + " holds no executable " + name));
        }
        return file;
    }
}

package dev.signet.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes manifests as kubeseal does, and whole files or nothing. */
public final class ManifestWriter {

    private static final Set<PosixFilePermission> OWNER_ALONE =
            PosixFilePermissions.fromString("rw-------");

    private ManifestWriter() {}

    /** One document with the line end behind it; YAML begins with {@code ---}, its keys sorted. */
    public static String text(JsonNode tree, ManifestFormat format) {
        return switch (format) {
            case JSON -> JsonWriter.write(tree) + "\n";
            case YAML -> "---\n" + YamlWriter.write(tree, true);
        };
    }

    /** The same, with the keys of YAML in the order of the tree and nothing before them. */
    public static String textInOrder(JsonNode tree, ManifestFormat format) {
        return switch (format) {
            case JSON -> JsonWriter.write(tree) + "\n";
            case YAML -> YamlWriter.write(tree, false);
        };
    }

    /**
     * Puts a text into a file, as a whole: who reads it meanwhile sees the old one or the new one.
     * Others than the owner may not read it, for it may hold recovered values.
     */
    public static void replace(Path file, String text) throws IOException {
        Path target = file.toAbsolutePath();
        Path parent = target.getParent();
        if (parent == null) {
            throw new IOException("it is no file");
        }
        Path next = unfinished(parent, target.getFileName().toString());
        try {
            Files.writeString(next, text, StandardCharsets.UTF_8);
            Files.move(
                    next,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(next);
        }
    }

    /** The same for a file that is there: who may read and write it stays as it is. */
    public static void update(Path file, String text) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        Set<PosixFilePermission> former = posix ? Files.getPosixFilePermissions(file) : OWNER_ALONE;
        replace(file, text);
        if (posix) {
            Files.setPosixFilePermissions(file, former);
        }
    }

    private static Path unfinished(Path folder, String name) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Files.createTempFile(
                    folder, "." + name, null, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
        }
        return Files.createTempFile(folder, "." + name, null);
    }
}

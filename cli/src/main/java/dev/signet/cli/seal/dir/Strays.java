package dev.signet.cli.seal.dir;

import dev.signet.cli.manifest.Manifest;
import dev.signet.cli.manifest.ManifestException;
import dev.signet.cli.manifest.ManifestReader;
import dev.signet.cli.manifest.SealedManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Sealed files without plaintext: what was renamed or deleted leaves them behind, and out of date.
 */
final class Strays {

    private Strays() {}

    /**
     * Looks for them, and returns what there is to say.
     *
     * @param targets files that have a plaintext
     * @param holders the file of each SealedSecret that has one, by its id
     * @throws FolderException where one holds what another will hold too
     */
    static List<String> look(
            Path sealed, List<Path> targets, Map<String, Path> holders, SealMemory memory)
            throws IOException, FolderException {
        List<String> notes = new ArrayList<>();
        for (Path file : files(sealed)) {
            if (targets.contains(file)) {
                continue;
            }
            List<String> ids = ids(file);
            for (String id : ids) {
                Path holder = holders.get(id);
                if (holder != null) {
                    throw new FolderException(
                            "%s holds SealedSecret %s, which belongs into %s: move it there (git mv), where unchanged values stay as they are, or remove it (git rm)"
                                    .formatted(file, id, holder));
                }
            }
            String name = String.valueOf(file.getFileName());
            if (memory.wrote(name)) {
                // What somebody else has put there since is not taken for our own.
                memory.keepAway(name);
            }
            if (memory.isNew() || memory.wrote(name)) {
                notes.add(
                        "%s has no plaintext in %s/; where it is not wanted any more: git rm '%s'"
                                .formatted(file, Plaintext.NAME, file));
            }
        }
        return notes;
    }

    private static List<Path> files(Path sealed) throws IOException {
        if (!Files.isDirectory(sealed)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(sealed)) {
            return entries.filter(Files::isRegularFile)
                    .filter(file -> isSealed(String.valueOf(file.getFileName())))
                    .sorted()
                    .toList();
        }
    }

    private static boolean isSealed(String name) {
        return name.startsWith("sealed-") && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    private static List<String> ids(Path file) throws IOException {
        List<String> ids = new ArrayList<>();
        for (Manifest document : ManifestReader.read(Files.readAllBytes(file)).documents()) {
            try {
                ids.add(Former.id(SealedManifest.of(document)));
            } catch (ManifestException e) {
                // Somebody else's, which may stay as it is.
            }
        }
        return ids;
    }
}

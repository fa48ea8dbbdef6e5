package dev.signet.cli.seal.dir;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.cli.manifest.Manifest;
import dev.signet.cli.manifest.ManifestException;
import dev.signet.cli.manifest.ManifestReader;
import dev.signet.cli.manifest.Manifests;
import dev.signet.cli.manifest.SealedManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a sealed file holds before it is written anew.
 *
 * @param trees its documents
 * @param objects the same, as SealedSecrets
 * @param hasComments whether it has lines that are comments
 */
record Former(List<JsonNode> trees, List<SealedManifest> objects, boolean hasComments) {

    /** Both are copied. */
    Former {
        trees = List.copyOf(trees);
        objects = List.copyOf(objects);
    }

    /**
     * Reads a file, which need not be there.
     *
     * @throws FolderException where it holds more than can be written again
     */
    static Former read(Path file) throws IOException, FolderException {
        if (!Files.exists(file)) {
            return new Former(List.of(), List.of(), false);
        }
        byte[] bytes = Files.readAllBytes(file);
        Manifests read = ManifestReader.read(bytes);
        if (!read.problems().isEmpty()) {
            throw new FolderException(
                    "%s would lose what cannot be read in it: %s"
                            .formatted(file, read.problems().getFirst()));
        }
        List<SealedManifest> objects = new ArrayList<>();
        for (Manifest document : read.documents()) {
            try {
                objects.add(SealedManifest.of(document));
            } catch (ManifestException e) {
                throw new FolderException(
                        "%s holds more than SealedSecrets: %s; move it to a file of its own"
                                .formatted(file, e.getMessage()));
            }
        }
        return new Former(
                read.documents().stream().map(Manifest::tree).toList(),
                objects,
                new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .anyMatch(line -> line.strip().startsWith("#")));
    }

    /** What tells SealedSecrets apart. */
    static String id(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** What tells this one from others. */
    static String id(SealedManifest sealed) {
        return id(sealed.namespace(), sealed.name());
    }

    /** The one of a Secret; one that names no namespace will do. */
    Optional<SealedManifest> of(String namespace, String name) {
        return with(id(namespace, name)).or(() -> with(id("", name)));
    }

    private Optional<SealedManifest> with(String id) {
        return objects.stream().filter(object -> id(object).equals(id)).findFirst();
    }

    /** The namespace of the only one of that name; empty where there is none, or are several. */
    String namespaceOf(String name) {
        List<String> namespaces =
                objects.stream()
                        .filter(object -> object.name().equals(name))
                        .map(SealedManifest::namespace)
                        .toList();
        return namespaces.size() == 1 ? namespaces.getFirst() : "";
    }
}

package dev.signet.cli.seal.dir;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.cli.manifest.Manifest;
import dev.signet.cli.manifest.ManifestReader;
import dev.signet.cli.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Seals every file of {@code local-secrets/} into {@code templates/sealed-*.yaml}. What is
 * unchanged stays byte for byte, so that a difference in Git is a difference in a value.
 */
public final class FolderSealer {

    private static final String SEALED = "templates";

    private final FileSealer.Means means;
    private final boolean reseal;
    private final SecureRandom random;
    private final List<String> notes = new ArrayList<>();
    private Optional<String> problem = Optional.empty();

    /**
     * @param means certificate and namespace, asked for when they are needed first
     * @param reseal whether unchanged values are sealed anew too
     */
    public FolderSealer(FileSealer.Means means, boolean reseal, SecureRandom random) {
        this.means = means;
        this.reseal = reseal;
        this.random = random;
    }

    /** What else there is to say, after {@link #seal}. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** What is wrong although all was sealed and written, after {@link #seal}. */
    public Optional<String> problem() {
        return problem;
    }

    /**
     * Seals a folder.
     *
     * @throws FolderException where plaintext is in Git, or a file is not what it has to be; then
     *     nothing was written but perhaps ignore files
     * @throws IOException where a file cannot be read or written
     */
    public List<Outcome> seal(Path folder)
            throws FolderException, IOException, InterruptedException {
        Path templates = folder.resolve(SEALED);
        Plaintext plaintext = Plaintext.of(folder, templates);
        guard(folder, plaintext, templates);
        for (Path file : plaintext.passedOver()) {
            notes.add(
                    "%s is not sealed: only .yaml, .yml and .json right in %s are, where the name begins with no dot"
                            .formatted(file, plaintext.path()));
        }
        SealMemory memory = SealMemory.read(plaintext.path(), random);
        if (memory.isNew() && plaintext.files().values().stream().anyMatch(Files::exists)) {
            notes.add(
                    "%s is not there or not readable: all values are sealed anew"
                            .formatted(plaintext.path().resolve(SealMemory.FILE)));
        }
        FileSealer sealer = new FileSealer(means, memory, reseal);
        List<FileSealer.Sealed> sealed = new ArrayList<>();
        for (Map.Entry<Path, Path> file : plaintext.files().entrySet()) {
            sealed.add(sealer.seal(file.getKey(), file.getValue()));
        }
        notes.addAll(sealer.notes());
        notes.addAll(
                Strays.look(
                        templates,
                        List.copyOf(plaintext.files().values()),
                        holders(sealed),
                        memory));
        List<Outcome> outcomes = write(templates, sealed);
        memory.write(plaintext.path());
        int older = sealer.older();
        if (older > 0) {
            notes.add(
                    "%d of the unchanged values are sealed with another certificate; --reseal seals them anew, which they need where the cluster has lost its key"
                            .formatted(older));
        }
        problem = new GitGuard(folder).plaintextElsewhere();
        return outcomes;
    }

    private void guard(Path folder, Plaintext plaintext, Path templates)
            throws FolderException, IOException {
        GitGuard guard = new GitGuard(folder);
        List<Path> written = new ArrayList<>(plaintext.files().values());
        written.add(templates);
        guard.refuseLinks(plaintext, written);
        guard.refuseTracked(plaintext);
        notes.addAll(guard.ignore(plaintext));
    }

    private static Map<String, Path> holders(List<FileSealer.Sealed> sealed)
            throws FolderException {
        Map<String, Path> sources = new HashMap<>();
        Map<String, Path> holders = new HashMap<>();
        for (FileSealer.Sealed each : sealed) {
            for (String id : each.ids()) {
                Path other = sources.put(id, each.source());
                if (other != null) {
                    throw new FolderException(
                            "Secret %s is in %s and again in %s: one of them has to go"
                                    .formatted(id, other, each.source()));
                }
                holders.put(id, each.outcome().file());
            }
        }
        return holders;
    }

    private static List<Outcome> write(Path templates, List<FileSealer.Sealed> sealed)
            throws IOException {
        Files.createDirectories(templates);
        List<Outcome> outcomes = new ArrayList<>();
        for (FileSealer.Sealed each : sealed) {
            if (each.outcome().written()) {
                SealedFile.replace(each.outcome().file(), each.text());
            }
            outcomes.add(each.outcome());
        }
        return outcomes;
    }

    /** The documents of a file, and those in its lists. */
    static List<Manifest> documents(Path file) throws IOException, FolderException {
        Manifests read = ManifestReader.read(Files.readAllBytes(file));
        if (!read.problems().isEmpty()) {
            throw new FolderException("%s: %s".formatted(file, read.problems().getFirst()));
        }
        List<Manifest> documents = new ArrayList<>();
        for (Manifest document : read.documents()) {
            if (document.kind().endsWith("List") && document.tree().path("items").isArray()) {
                for (JsonNode item : document.tree().path("items")) {
                    documents.add(new Manifest(item, document.format()));
                }
            } else {
                documents.add(document);
            }
        }
        return documents;
    }
}

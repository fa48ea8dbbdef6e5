package dev.signet.cli.seal.dir;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.cli.check.Check;
import dev.signet.cli.git.WorkTree;
import dev.signet.cli.manifest.Manifest;
import dev.signet.cli.manifest.ManifestReader;
import dev.signet.cli.manifest.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Seals every file of {@code local-secrets/} into {@code templates/sealed-*.yaml}. What is
 * unchanged stays byte for byte, so that a difference in Git is a difference in a value.
 */
public final class FolderSealer {

    private static final String PLAINTEXT = "local-secrets";
    private static final String SEALED = "templates";
    private static final Pattern MANIFEST = Pattern.compile("(.+)\\.(ya?ml|json)");

    private final FileSealer.Means means;
    private final boolean reseal;
    private final SecureRandom random;
    private final List<String> notes = new ArrayList<>();

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

    /**
     * Seals a folder.
     *
     * @throws FolderException where plaintext is in Git, or a file is not what it has to be; then
     *     nothing was written but perhaps ignore files
     * @throws IOException where a file cannot be read or written
     */
    public List<Outcome> seal(Path folder)
            throws FolderException, IOException, InterruptedException {
        Path plaintext = folder.resolve(PLAINTEXT);
        if (!Files.isDirectory(plaintext)) {
            throw new FolderException(
                    "%s is not there: put the Secrets of %s into it as manifests, one file each"
                            .formatted(plaintext, folder));
        }
        Map<Path, Path> files = files(folder, plaintext);
        Optional<WorkTree> tree = WorkTree.around(folder);
        if (tree.isPresent()) {
            refuseTracked(tree.get(), plaintext);
        }
        ignore(tree, folder, plaintext);
        SealMemory memory = SealMemory.read(plaintext, random);
        if (memory.isNew() && files.values().stream().anyMatch(Files::exists)) {
            notes.add(
                    "%s is not there or not readable: all values are sealed anew"
                            .formatted(plaintext.resolve(SealMemory.FILE)));
        }
        FileSealer sealer = new FileSealer(means, memory, reseal);
        List<FileSealer.Sealed> sealed = new ArrayList<>();
        for (Map.Entry<Path, Path> file : files.entrySet()) {
            sealed.add(sealer.seal(file.getKey(), file.getValue()));
        }
        Files.createDirectories(folder.resolve(SEALED));
        List<Outcome> outcomes = new ArrayList<>();
        for (FileSealer.Sealed each : sealed) {
            if (each.outcome().written()) {
                SealedFile.replace(each.outcome().file(), each.text());
            }
            outcomes.add(each.outcome());
        }
        memory.write(plaintext);
        int older = sealer.older();
        if (older > 0) {
            notes.add(
                    "%d of the unchanged values are sealed with another certificate; --reseal seals them anew"
                            .formatted(older));
        }
        if (tree.isPresent()) {
            refusePlaintext(folder);
        }
        return outcomes;
    }

    private static Map<Path, Path> files(Path folder, Path plaintext)
            throws IOException, FolderException {
        Map<Path, Path> files = new TreeMap<>();
        try (Stream<Path> entries = Files.list(plaintext)) {
            for (Path file : entries.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                var manifest = MANIFEST.matcher(name);
                if (name.startsWith(".") || !manifest.matches() || !Files.isRegularFile(file)) {
                    continue;
                }
                Path target =
                        folder.resolve(SEALED)
                                .resolve("sealed-%s.yaml".formatted(manifest.group(1)));
                if (files.containsValue(target)) {
                    throw new FolderException(
                            "two files of %s would be sealed into %s; rename one"
                                    .formatted(plaintext, target));
                }
                files.put(file, target);
            }
        }
        if (files.isEmpty()) {
            throw new FolderException("%s holds no .yaml, .yml or .json".formatted(plaintext));
        }
        return files;
    }

    private static void refuseTracked(WorkTree tree, Path plaintext) throws FolderException {
        for (Path file : tree.tracked(List.of(plaintext)).orElse(List.of())) {
            String name = String.valueOf(file.getFileName());
            if (MANIFEST.matcher(name).matches() || name.equals(SealMemory.FILE)) {
                throw new FolderException(
                        "%s is tracked by Git: take it out with: git rm --cached '%s' (and change its values, for they are in the history)"
                                .formatted(shown(file), shown(file)));
            }
        }
    }

    private void ignore(Optional<WorkTree> tree, Path folder, Path plaintext) throws IOException {
        boolean ignored =
                tree.flatMap(t -> t.ignores(plaintext.resolve(SealMemory.FILE))).orElse(false);
        Path git = folder.resolve(".gitignore");
        if (!ignored && IgnoreFile.complete(git)) {
            notes.add("%s leaves %s/ out of Git now".formatted(git, PLAINTEXT));
        }
        Path helm = folder.resolve(".helmignore");
        if (Files.exists(folder.resolve("Chart.yaml")) && IgnoreFile.complete(helm)) {
            notes.add("%s leaves %s/ out of the chart now".formatted(helm, PLAINTEXT));
        }
    }

    private static void refusePlaintext(Path folder) throws IOException, FolderException {
        var findings = Check.findings(List.of(folder));
        if (!findings.isEmpty()) {
            throw new FolderException(findings.getFirst().text());
        }
    }

    private static Path shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file;
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

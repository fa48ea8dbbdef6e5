package dev.signet.cli.seal.dir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The plaintext of a folder.
 *
 * @param path of the folder that holds it
 * @param files what is to be sealed, and the file that each is sealed into
 * @param passedOver what lies there and is not sealed
 */
record Plaintext(Path path, Map<Path, Path> files, List<Path> passedOver) {

    /** Name of the folder. */
    static final String NAME = "local-secrets";

    private static final Pattern MANIFEST = Pattern.compile("(?i)(.+)\\.(ya?ml|json)");
    private static final Pattern HARMLESS =
            Pattern.compile("(?i)\\.git(keep|ignore)|readme(\\.(md|txt|adoc|rst))?");

    /** Both are copied. */
    Plaintext {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        passedOver = List.copyOf(passedOver);
    }

    /**
     * Looks for it.
     *
     * @param sealed where the sealed files are
     */
    static Plaintext of(Path folder, Path sealed) throws IOException, FolderException {
        Path path = folder.resolve(NAME);
        if (!Files.isDirectory(path)) {
            throw new FolderException(
                    "%s is not there: put the Secrets of %s into it as manifests, one file each"
                            .formatted(path, folder));
        }
        Map<Path, Path> files = new TreeMap<>();
        List<Path> passedOver = new ArrayList<>();
        try (Stream<Path> entries = Files.list(path)) {
            for (Path file : entries.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                var manifest = MANIFEST.matcher(name);
                boolean hidden = name.startsWith(".");
                if (isHarmless(file) || (hidden && !manifest.matches())) {
                    continue;
                }
                if (hidden || !manifest.matches() || !Files.isRegularFile(file)) {
                    passedOver.add(file);
                    continue;
                }
                Path target = sealed.resolve("sealed-%s.yaml".formatted(manifest.group(1)));
                if (files.containsValue(target)) {
                    throw new FolderException(
                            "two files of %s would be sealed into %s; rename one"
                                    .formatted(path, target));
                }
                files.put(file, target);
            }
        }
        if (files.isEmpty()) {
            throw new FolderException("%s holds no .yaml, .yml or .json".formatted(path));
        }
        return new Plaintext(path, files, passedOver);
    }

    /** Whether a file of this name may be in Git. */
    static boolean isHarmless(Path file) {
        return HARMLESS.matcher(String.valueOf(file.getFileName())).matches();
    }

    /** Everything that has to stay out of Git, what will be there included. */
    Set<Path> kept() throws IOException {
        Set<Path> kept = new TreeSet<>(Set.of(path.resolve(SealMemory.FILE)));
        try (Stream<Path> entries = Files.walk(path)) {
            entries.filter(file -> !Files.isDirectory(file) && !isHarmless(file))
                    .filter(file -> !path.relativize(file).startsWith(".git"))
                    .forEach(kept::add);
        }
        return kept;
    }
}

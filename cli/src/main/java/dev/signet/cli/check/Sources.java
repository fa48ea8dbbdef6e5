package dev.signet.cli.check;

import dev.signet.cli.git.WorkTree;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Chooses what is looked at. In a Git work tree that is what is tracked or staged; elsewhere all
 * files but those of {@code .git} and {@code local-secrets}. A file that is named is always looked
 * at. Links that are named are followed, and no others.
 */
final class Sources {

    private static final Pattern MANIFEST =
            Pattern.compile("(?i).*\\.(ya?ml|json|tpl|tmpl|gotmpl|j2)([.~].*)?");
    private static final Set<String> SKIPPED = Set.of(".git", "local-secrets");

    private final Path here = Path.of("").toAbsolutePath();
    private final Set<Path> files = new LinkedHashSet<>();
    private final List<Source> clean = new ArrayList<>();
    private final List<Source> staged = new ArrayList<>();

    private Sources() {}

    /** What is to be looked at for these files and folders. */
    static List<Source> of(List<Path> places) throws IOException {
        Sources sources = new Sources();
        Map<Path, List<Path>> byRoot = new LinkedHashMap<>();
        Map<Path, WorkTree> trees = new LinkedHashMap<>();
        for (Path told : places) {
            if (!Files.exists(told)) {
                throw new NoSuchFileException(told.toString());
            }
            Path place = told.toRealPath();
            if (Files.isRegularFile(place)) {
                sources.files.add(place);
            }
            Optional<WorkTree> tree = WorkTree.around(place);
            if (tree.isPresent()) {
                trees.put(tree.get().root(), tree.get());
                byRoot.computeIfAbsent(tree.get().root(), root -> new ArrayList<>()).add(place);
            } else {
                sources.walk(place);
            }
        }
        for (Map.Entry<Path, List<Path>> entry : byRoot.entrySet()) {
            WorkTree tree = trees.get(entry.getKey());
            if (tree != null) {
                sources.tracked(tree, entry.getValue());
            }
        }
        return sources.all();
    }

    private void tracked(WorkTree tree, List<Path> places) throws IOException {
        Optional<List<Path>> tracked = tree.tracked(places);
        Optional<List<Path>> changed = tree.changed(places);
        Optional<List<Path>> unwatched = tree.unwatched(places);
        if (tracked.isEmpty() || changed.isEmpty() || unwatched.isEmpty()) {
            // What lies in local-secrets may be tracked: a walk past it would find nothing.
            throw new GitSilentException(
                    "Git does not tell what is tracked in %s; run this where git works, 'git status' there says what is wrong"
                            .formatted(tree.root()));
        }
        Set<Path> other = Set.copyOf(changed.get());
        // What a sparse checkout leaves out may be a whole repository, and not even be fetched.
        Set<Path> hidden =
                unwatched.get().stream()
                        .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        for (Path file : tracked.get()) {
            if (isManifest(file) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                if (other.contains(file)) {
                    files.add(file);
                } else if (!hidden.contains(file)) {
                    files.remove(file);
                    clean.add(new Source.Clean(tree, file, shown(file)));
                }
            }
        }
        hidden.addAll(changed.get());
        for (Path file : hidden) {
            if (isManifest(file)) {
                staged.add(new Source.Staged(tree, file, shown(file)));
            }
        }
    }

    private void walk(Path place) throws IOException {
        Path start = place.toAbsolutePath().normalize();
        Files.walkFileTree(
                start,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        Path name = folder.getFileName();
                        return name != null
                                        && SKIPPED.contains(name.toString())
                                        && !folder.equals(start)
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile() && isManifest(file)) {
                            files.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private List<Source> all() {
        List<Source> all = new ArrayList<>();
        files.forEach(file -> all.add(new Source.OnDisk(file, shown(file))));
        all.addAll(clean);
        all.addAll(staged);
        return all;
    }

    private static boolean isManifest(Path file) {
        return MANIFEST.matcher(String.valueOf(file.getFileName())).matches();
    }

    private Path shown(Path file) {
        return file.startsWith(here) ? here.relativize(file) : file;
    }
}

package dev.signet.cli.seal.dir;

import dev.signet.cli.check.Check;
import dev.signet.cli.git.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Keeps plaintext out of Git, and what is written inside of the work tree. */
final class GitGuard {

    private final Path folder;
    private final Optional<WorkTree> tree;

    GitGuard(Path folder) {
        this.folder = folder;
        this.tree = WorkTree.around(folder);
    }

    /**
     * Refuses links out of the work tree: Git carries them, so anybody may have set them.
     *
     * @param written files and folders that are written to, there or not
     */
    void refuseLinks(Plaintext plaintext, Collection<Path> written)
            throws IOException, FolderException {
        if (Files.isSymbolicLink(plaintext.path())) {
            throw new FolderException(
                    "%s is a symbolic link, which Git would not leave out: make it a folder"
                            .formatted(plaintext.path()));
        }
        Path root = tree.isPresent() ? tree.get().root() : folder.toRealPath();
        for (Path path : written) {
            if (Files.exists(path) && !path.toRealPath().startsWith(root)) {
                throw new FolderException(
                        "%s is a symbolic link out of %s: remove it".formatted(path, root));
            }
        }
    }

    /** Refuses plaintext that the next commit would hold. */
    void refuseTracked(Plaintext plaintext) throws FolderException {
        if (tree.isEmpty()) {
            return;
        }
        List<Path> tracked =
                tree.get().tracked(List.of(plaintext.path())).orElseThrow(() -> silent(plaintext));
        for (Path file : tracked) {
            if (!Plaintext.isHarmless(file)) {
                throw new FolderException(
                        "%s is tracked by Git: take it out with: git rm --cached '%s' (and change its values, for they are in the history)"
                                .formatted(shown(file), shown(file)));
            }
        }
    }

    /** Has the plaintext left out, and returns what was done for it. */
    List<String> ignore(Plaintext plaintext) throws IOException, FolderException {
        List<String> notes = new ArrayList<>();
        Path git = folder.resolve(".gitignore");
        if (leaveOut(plaintext, git)) {
            notes.add("%s leaves %s/ out of Git now".formatted(git, Plaintext.NAME));
        }
        Path helm = folder.resolve(".helmignore");
        if (Files.exists(folder.resolve("Chart.yaml")) && IgnoreFile.complete(helm)) {
            notes.add("%s leaves %s/ out of the chart now".formatted(helm, Plaintext.NAME));
        }
        return notes;
    }

    private boolean leaveOut(Plaintext plaintext, Path git) throws IOException, FolderException {
        if (tree.isEmpty()) {
            return IgnoreFile.complete(git);
        }
        if (isIgnored(tree.get(), plaintext)) {
            return false;
        }
        // Whatever the file says already, it does not do.
        IgnoreFile.append(git);
        if (!isIgnored(tree.get(), plaintext)) {
            throw new FolderException(
                    "Git does not leave out %s, though %s says so now: see git status --ignored"
                            .formatted(plaintext.path(), git));
        }
        return true;
    }

    private static boolean isIgnored(WorkTree tree, Plaintext plaintext)
            throws IOException, FolderException {
        return tree.ignoresAll(plaintext.kept()).orElseThrow(() -> silent(plaintext));
    }

    private static FolderException silent(Plaintext plaintext) {
        return new FolderException(
                "Git does not tell what it knows of %s: run this where git works (git status says what is wrong)"
                        .formatted(plaintext.path()));
    }

    /** Plaintext elsewhere in the folder that Git knows. */
    Optional<String> plaintextElsewhere() throws IOException {
        if (tree.isEmpty()) {
            return Optional.empty();
        }
        var findings = Check.findings(List.of(folder));
        return findings.isEmpty() ? Optional.empty() : Optional.of(findings.getFirst().text());
    }

    private static Path shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file;
    }
}

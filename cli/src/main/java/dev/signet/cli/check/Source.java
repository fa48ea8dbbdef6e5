package dev.signet.cli.check;

import dev.signet.cli.git.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A content that is looked at. */
sealed interface Source {

    /** Where it is, as it is to be shown. */
    Path shown();

    /** Its bytes. */
    byte[] read() throws IOException;

    /** Whether it is only staged. */
    boolean isStaged();

    /** What the next commit would hold in its stead; empty where that is this. */
    default Optional<Source> committed() {
        return Optional.empty();
    }

    /** A file as it is. */
    record OnDisk(Path file, Path shown) implements Source {
        @Override
        public byte[] read() throws IOException {
            return Files.readAllBytes(file);
        }

        @Override
        public boolean isStaged() {
            return false;
        }
    }

    /**
     * A tracked file as it is, where that is what is staged: the same bytes, unless a filter of Git
     * encrypts them on their way.
     */
    record Clean(WorkTree tree, Path file, Path shown) implements Source {
        @Override
        public byte[] read() throws IOException {
            return Files.readAllBytes(file);
        }

        @Override
        public boolean isStaged() {
            return false;
        }

        @Override
        public Optional<Source> committed() {
            return Optional.of(new Staged(tree, file, shown));
        }
    }

    /** A file as the next commit would hold it. */
    record Staged(WorkTree tree, Path file, Path shown) implements Source {
        @Override
        public byte[] read() throws IOException {
            return tree.staged(file)
                    .orElseThrow(() ->
                            new GitSilentException(
                                    "Git does not tell what is staged of %s; end a merge that is under way, and see what 'git status' says"
                                            .formatted(shown)));
        }

        @Override
        public boolean isStaged() {
            return true;
        }
    }
}

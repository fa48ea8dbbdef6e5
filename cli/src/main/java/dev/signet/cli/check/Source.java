package dev.signet.cli.check;

import dev.signet.cli.git.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A content that is looked at. */
sealed interface Source {

    /** Where it is, as it is to be shown. */
    Path shown();

    /** Its bytes. */
    byte[] read() throws IOException;

    /** Whether it is only staged. */
    boolean isStaged();

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

    /** A file as the next commit would hold it. */
    record Staged(WorkTree tree, Path file, Path shown) implements Source {
        @Override
        public byte[] read() throws IOException {
            return tree.staged(file).orElse(new byte[0]);
        }

        @Override
        public boolean isStaged() {
            return true;
        }
    }
}

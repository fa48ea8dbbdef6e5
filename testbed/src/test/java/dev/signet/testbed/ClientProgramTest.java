package dev.signet.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ClientProgramTest {

    private static final Path SH = Path.of("/bin/sh");

    @Test
    void givesBackStatusOutputAndComplaint() {
        try (ClientProgram shell = ClientProgram.of(SH, "")) {
            ProgramRun run = shell.runOn("said\n", "-c", "cat; echo why >&2; exit 3");

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.text()).isEqualTo("said\n");
            assertThat(run.complaint()).isEqualTo("why\n");
            assertThatThrownBy(run::succeeded)
                    .isInstanceOf(TestbedException.class)
                    .hasMessage("ended with 3: why");
        }
    }

    @Test
    void seesTheClusterThatItIsGivenAndNoOther() {
        try (ClientProgram shell = ClientProgram.of(SH, "of the test");
                ClientProgram alone = ClientProgram.of(SH, "")) {
            assertThat(shell.run("-c", "cat \"$KUBECONFIG\"").succeeded().text())
                    .isEqualTo("of the test");
            assertThat(alone.run("-c", "cat \"$KUBECONFIG\"").status()).isNotZero();
        }
    }

    @Test
    void leavesNothingInItsFolder() {
        try (ClientProgram shell = ClientProgram.of(SH, "")) {
            assertThat(shell.runOn("in", "-c", "true").status()).isZero();

            assertThat(shell.folder()).isEmptyDirectory();
        }
    }
}

package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testbed.KubeApi;
import dev.signet.testbed.SharedControlPlane;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A namespace that is deleted while its ExternalSecrets are synced. */
@Tag("long")
class NamespaceDeletedE2E {

    private static final int SIZE = 50;
    private static final int FEW = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir private Path folder;

    @Test
    void deletedNamespaceGoesAndOthersAreServed() throws Exception {
        KubeApi api = SharedControlPlane.withGarbageCollector().api();
        try (Space other = Space.fresh();
                Space doomed = Space.fresh();
                RotatingFleet staying = RotatingFleet.of(other, FEW).applied("1s");
                RotatingFleet going = RotatingFleet.of(doomed, SIZE).applied("1s");
                SignetProcess signet = SignetProcess.start(folder)) {
            staying.awaitAllRight(PATIENCE);
            going.rotateAll();

            String namespace = "/api/v1/namespaces/" + doomed.namespace();
            api.delete(namespace);
            Space.await(PATIENCE, () -> assertThat(api.find(namespace)).isEmpty());

            // What was under way when it went may still end badly until all others had their turn.
            staying.rotateAll();
            staying.awaitAllRight(PATIENCE);
            long problems = problems(signet, doomed);
            staying.rotateAll();
            staying.awaitAllRight(PATIENCE);
            assertThat(signet.isAlive()).isTrue();
            assertThat(problems).as(signet.output()).isLessThanOrEqualTo(2 * SIZE);
            assertThat(problems(signet, doomed)).as("problems once it is gone").isEqualTo(problems);
            staying.assertNothingWasEverWrong();
        }
    }

    private static long problems(SignetProcess signet, Space space) {
        return signet.output()
                .lines()
                .filter(line -> line.contains(space.namespace()))
                .filter(line ->
                        line.contains("\"level\":\"error\"") || line.contains("\"level\":\"warn\""))
                .count();
    }
}

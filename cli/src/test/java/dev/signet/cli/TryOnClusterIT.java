package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TryOnClusterIT {

    private static Cluster cluster;

    @TempDir Path folder;

    @BeforeAll
    static void start() {
        cluster = new Cluster();
        // Deleted namespaces and CRDs are gone only where their controllers run.
        cluster.plane().startGarbageCollector();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private SignetProcess signetTry() {
        return SignetProcess.start(
                folder,
                Map.of("KUBECONFIG", cluster.kubeconfig(folder).toString()),
                "try",
                "--cluster");
    }

    private void awaitNamespaces(Set<String> expected) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> cluster.namespaces().equals(expected));
    }

    @Test
    void leavesAClusterAsItWas() {
        cluster.withoutCrds();
        Set<String> namespaces = cluster.namespaces();
        try (SignetProcess process = signetTry()) {
            SignetProcess.Ended ended = process.await();

            assertThat(ended.status()).as(ended.err()).isZero();
            assertThat(ended.out()).contains("4 installed", "Secret followed");
        }
        assertThat(cluster.crds()).isEmpty();
        awaitNamespaces(namespaces);
    }

    @Test
    void leavesCrdsThatWereThere() {
        cluster.withCrds();
        Set<String> namespaces = cluster.namespaces();
        try (SignetProcess process = signetTry()) {
            SignetProcess.Ended ended = process.await();

            assertThat(ended.status()).as(ended.err()).isZero();
            assertThat(ended.out()).contains("found on the cluster", "Secret followed");
        }
        assertThat(cluster.crds()).hasSize(4);
        awaitNamespaces(namespaces);
    }

    @Test
    void leavesAClusterAsItWasWhenBrokenOff() {
        cluster.withoutCrds();
        Set<String> namespaces = cluster.namespaces();
        try (SignetProcess process = signetTry()) {
            process.until("the Secret", () -> process.out().contains("Secret appeared"));
            process.signal("INT");
            SignetProcess.Ended ended = process.await();

            assertThat(ended.status()).isEqualTo(OrderlyEnd.BROKEN_OFF);
            assertThat(ended.err()).isEmpty();
        }
        assertThat(cluster.crds()).isEmpty();
        awaitNamespaces(namespaces);
    }

    @Test
    void clusterThatCannotBeReachedIsOneLine() {
        SignetProcess.Ended ended =
                SignetProcess.run(
                        folder,
                        Map.of("KUBECONFIG", folder.resolve("none").toString()),
                        "try",
                        "--cluster");

        assertThat(ended.status()).isEqualTo(Main.FAILED);
        assertThat(ended.err()).startsWith("signet: KUBECONFIG names ").containsOnlyOnce("\n");
    }
}

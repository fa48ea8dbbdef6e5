package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A fleet whose values are rotated, and an operator in a process of its own that serves it over a
 * way to the API server which the test breaks.
 */
final class FleetOnTrial implements AutoCloseable {

    /** For all that follows once a fault is over; most of it is patience with a busy machine. */
    static final Duration RECOVERY = Duration.ofMinutes(4);

    private final Space space = Space.fresh();
    private final RotatingFleet fleet;
    private final SignetProcess signet;

    private FleetOnTrial(Path folder, String kubeconfig, int size, String interval)
            throws IOException {
        this.fleet = RotatingFleet.of(space, size).applied(interval);
        this.signet =
                SignetProcess.launch(
                        folder, kubeconfig, List.of("--namespace=" + space.namespace()));
    }

    /**
     * Makes it, and does not wait until all is served.
     *
     * @param kubeconfig the way that the operator takes, as YAML
     * @param interval how often each is refreshed
     */
    static FleetOnTrial launch(Path folder, String kubeconfig, int size, String interval)
            throws IOException {
        return new FleetOnTrial(folder, kubeconfig, size, interval);
    }

    Space space() {
        return space;
    }

    RotatingFleet fleet() {
        return fleet;
    }

    /** Makes another ExternalSecret, which shows a part of one of the fleet's values. */
    void applyAnother(String name) {
        space.apply(
                Manifests.externalSecret(name)
                        .from("vault")
                        .data("user", RotatingFleet.name(0), "user")
                        .yaml());
    }

    /** Waits until another one, made with {@link #applyAnother}, is served. */
    void awaitAnother(String name) {
        Space.await(RECOVERY, () -> assertThat(space.data(name)).containsOnlyKeys("user"));
    }

    /** Each ends with its newest value, by the operator that was started, and none was ever bad. */
    void assertAllEndsRight() {
        fleet.awaitAllRight(RECOVERY);
        assertThat(signet.isAlive()).as(signet.output()).isTrue();
        fleet.assertNothingWasEverWrong();
    }

    @Override
    public void close() {
        signet.close();
        fleet.close();
        space.close();
    }
}

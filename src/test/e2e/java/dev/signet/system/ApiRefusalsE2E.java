package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.Fault;
import dev.signet.testbed.FaultProxy;
import dev.signet.testbed.FaultRule;
import dev.signet.testbed.ProxiedRequest;
import dev.signet.testbed.Seed;
import dev.signet.testbed.SharedControlPlane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * An API server, or what stands before it, that refuses requests and cuts connections at random.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiRefusalsE2E {

    private static final int SIZE = 20;
    private static final Duration TROUBLE = Duration.ofSeconds(4);

    private final ControlPlane plane = SharedControlPlane.get();
    private final Random random = Seed.ofThisRun().random("refusals");
    private FaultProxy proxy;
    private FleetOnTrial trial;
    private RotatingFleet fleet;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        proxy = FaultProxy.before(plane);
        trial = FleetOnTrial.launch(folder, plane.kubeconfigBy(proxy), SIZE, "1s");
        fleet = trial.fleet();
        fleet.awaitAllRight(FleetOnTrial.RECOVERY);
    }

    @AfterAll
    void stop() {
        trial.close();
        proxy.close();
    }

    @Test
    void refusedWritesAreDoneInTheEnd() throws Exception {
        Fault later =
                new Fault.Answer(
                        429,
                        Map.of("Retry-After", "1", "Content-Type", "text/plain"),
                        "Too many requests");
        List<FaultRule> rules =
                List.of(
                        some(ProxiedRequest::writes, Fault.kubernetes(409, "Conflict")),
                        some(ProxiedRequest::writes, later),
                        some(ProxiedRequest::writes, Fault.kubernetes(500, "InternalError")),
                        some(ProxiedRequest::writes, Fault.kubernetes(503, "ServiceUnavailable")),
                        some(ProxiedRequest::writes, Fault.html(503)));

        endure(rules);
    }

    @Test
    void cutConnectionsLoseNothing() throws Exception {
        List<FaultRule> rules =
                List.of(
                        some(request -> true, new Fault.CutBefore()),
                        some(request -> true, new Fault.CutAfter()),
                        some(request -> true, new Fault.CutInside(60)));

        endure(rules);
    }

    @Test
    void newObjectsAreServedAmidstRefusals() {
        List<FaultRule> rules =
                List.of(
                        some(request -> true, Fault.kubernetes(500, "InternalError")),
                        some(request -> true, Fault.html(502)));
        for (int i = 0; i < SIZE; i++) {
            trial.space()
                    .apply(
                            Manifests.externalSecret("amidst-" + i)
                                    .from("vault")
                                    .data("user", RotatingFleet.name(i), "user")
                                    .yaml());
        }

        Space.await(
                FleetOnTrial.RECOVERY,
                () ->
                        assertThat(trial.space().list(Kind.SECRET))
                                .filteredOn(secret -> Space.data(secret).containsKey("user"))
                                .hasSize(2 * SIZE));

        assertThat(rules).allMatch(rule -> rule.hits() > 0, "has struck");
        proxy.mend();
        trial.assertAllEndsRight();
    }

    private FaultRule some(Predicate<ProxiedRequest> requests, Fault fault) {
        return proxy.add(FaultRule.of(requests, fault).withChance(0.15, random));
    }

    private void endure(List<FaultRule> rules) throws Exception {
        fleet.beginRotating(random, Duration.ofMillis(20));
        long end = System.nanoTime() + TROUBLE.toNanos();
        while (System.nanoTime() < end) {
            Thread.sleep(Duration.ofSeconds(1));
            proxy.cutConnections();
        }
        Space.await(() -> assertThat(rules).allMatch(rule -> rule.hits() > 0, "has struck"));
        fleet.endRotating();
        proxy.mend();
        trial.assertAllEndsRight();
    }
}

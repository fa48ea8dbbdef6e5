package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.TestbedException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * ExternalSecrets on a Vault of their own, whose values are rotated, and a witness that no Secret
 * ever holds anything else than one whole generation of its own value, or goes back to an older
 * one.
 */
final class RotatingFleet implements AutoCloseable {

    private static final String PREFIX = "fleet-";

    private final OpenBao bao;
    private final Space space;
    private final int size;
    private final AtomicIntegerArray generations;
    private final SecretWitness witness;
    private @Nullable Thread rotation;
    private volatile boolean rotating;

    private RotatingFleet(Space space, int size) {
        this.space = space;
        this.size = size;
        this.generations = new AtomicIntegerArray(size);
        this.bao = OpenBao.builder(Binaries.discover()).start();
        this.witness = SecretWitness.of(space.namespace(), PREFIX, this::judge);
    }

    /** Values in the Vault, a store, and nothing that asks for them yet. */
    static RotatingFleet of(Space space, int size) {
        RotatingFleet fleet = new RotatingFleet(space, size);
        Parallel.each(size, fleet::rotate);
        space.storeOf(fleet.bao);
        return fleet;
    }

    OpenBao bao() {
        return bao;
    }

    /** Makes the ExternalSecrets. */
    RotatingFleet applied(String interval) {
        Parallel.each(size, i -> space.apply(manifest(i, interval)));
        return this;
    }

    private static String manifest(int i, String interval) {
        return Manifests.externalSecret(name(i))
                .from("vault")
                .every(interval)
                .data("user", name(i), "user")
                .data("password", name(i), "password")
                .yaml();
    }

    static String name(int i) {
        return PREFIX + i;
    }

    /** Puts the next generation into the Vault. */
    void rotate(int i) {
        Map<String, String> next = values(i, generations.incrementAndGet(i));
        // On a machine with much else to do, a request may run out of time.
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .ignoreExceptionsInstanceOf(TestbedException.class)
                .pollDelay(Duration.ZERO)
                .untilAsserted(() -> bao.api().putKv2("secret", name(i), next));
    }

    /** Puts the next generation of all into the Vault. */
    void rotateAll() {
        Parallel.each(size, this::rotate);
    }

    /** Rotates values at random until told to stop. */
    void beginRotating(RandomGenerator random, Duration pause) {
        rotating = true;
        rotation =
                Thread.ofPlatform()
                        .name("rotation")
                        .start(() -> {
                            while (rotating) {
                                rotate(random.nextInt(size));
                                sleep(pause);
                            }
                        });
    }

    void endRotating() throws InterruptedException {
        rotating = false;
        Thread running = rotation;
        if (running != null) {
            running.join();
        }
    }

    /** Waits until each Secret holds the newest generation and each ExternalSecret says so. */
    void awaitAllRight(Duration patience) {
        Space.await(patience, () -> assertThat(wrong()).isEmpty());
    }

    /** Fails if a Secret was ever gone, blank, mixed or set back. */
    void assertNothingWasEverWrong() {
        witness.assertNothingWasWrong();
        assertThat(witness.states()).isGreaterThanOrEqualTo(size);
    }

    int statesSeen() {
        return witness.states();
    }

    /** The first thing that is not as it should be now, in words. */
    private String wrong() {
        try {
            return firstWrong();
        } catch (TestbedException e) {
            return "the API server has only just started: " + e.getMessage();
        }
    }

    private String firstWrong() {
        Map<String, JsonNode> secrets = space.byName(Kind.SECRET);
        Map<String, JsonNode> externalSecrets = space.byName(Kind.EXTERNAL_SECRET);
        for (int i = 0; i < size; i++) {
            JsonNode secret = secrets.get(name(i));
            if (secret == null) {
                return name(i) + " is missing";
            }
            if (!Space.data(secret).equals(values(i, generations.get(i)))) {
                return name(i) + " holds " + Space.data(secret) + ", not " + generations.get(i);
            }
            if (!Ready.of(externalSecrets.get(name(i))).isTrue()) {
                return name(i) + " is not ready";
            }
        }
        return "";
    }

    private String judge(String secret, Map<String, String> before, Map<String, String> now) {
        int i = Integer.parseInt(secret.substring(PREFIX.length()));
        int generation = generationOf(now);
        if (generation < 1 || generation > generations.get(i)) {
            return "has a value that was never there: " + now;
        }
        if (!now.equals(values(i, generation))) {
            return "is mixed or not whole: " + now;
        }
        return generation < generationOf(before) ? "went back from " + before + " to " + now : "";
    }

    private static int generationOf(Map<String, String> data) {
        String user = data.getOrDefault("user", "-0");
        return Integer.parseInt(user.substring(user.lastIndexOf('-') + 1));
    }

    private static Map<String, String> values(int i, int generation) {
        return Map.of("user", "u-" + i + "-" + generation, "password", "p-" + i + "-" + generation);
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        rotating = false;
        witness.close();
        bao.close();
    }
}

package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.operator.KubernetesClients;
import dev.signet.testbed.AuditEntry;
import dev.signet.testbed.AuditLog;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.FaultProxy;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.SharedControlPlane;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Twenty healthy stores beside some that are dead, with hundreds of ExternalSecrets that are all
 * due there: what the healthy ones serve on demand comes as fast as ever, and their refreshes go
 * on.
 */
@Tag("long")
class DeadStoreE2E {

    private static final int HEALTHY = 20;
    private static final int ON_EACH = 5;
    private static final int ON_DEAD = 200;

    /** As long as a read at a dead store takes, so that all its places are taken throughout. */
    private static final Duration SPAN = Duration.ofSeconds(12);

    private static final Duration LONGEST = Duration.ofMinutes(4);
    private static final Duration GOOD = Duration.ofMillis(100);

    /** A machine that is busy with something else for a while is given another chance. */
    private static final int ATTEMPTS = 3;

    private final Arrivals arrivals = new Arrivals();
    private OpenBao bao;
    private Space space;
    private KubernetesClient client;
    private RunningOperator operator;
    private FaultProxy first;
    private FaultProxy second;
    private Watch watch;
    private int forced;

    @BeforeEach
    void start() {
        bao = OpenBao.builder(Binaries.discover()).start();
        first = FaultProxy.before(bao.address(), "");
        second = FaultProxy.before(bao.address(), "");
        space = Space.fresh();
        client = KubernetesClients.fromKubeconfig(SharedControlPlane.get().kubeconfig());
        watch = client.secrets().inNamespace(space.namespace()).watch(arrivals);
        operator = RunningOperator.in(space.namespace());
        space.secret("token", Map.of("token", bao.rootToken()));
        bao.api().putKv2("secret", "dead", Map.of("k", "v"));
        IntStream.range(0, HEALTHY * ON_EACH).forEach(i -> put("healthy-" + i, "v0"));
        IntStream.range(0, HEALTHY).forEach(i -> put("steady-" + i, "v0"));
        IntStream.range(0, HEALTHY).forEach(i -> store("healthy-" + i, bao.address()));
        store("first", first.address());
        store("second", second.address());
        Parallel.each(
                HEALTHY * ON_EACH,
                i -> apply("healthy-" + i, "healthy-" + i % HEALTHY, "healthy-" + i, "1h"));
        Parallel.each(HEALTHY, i -> apply("steady-" + i, "healthy-" + i, "steady-" + i, "1s"));
        for (String dead : List.of("first", "second")) {
            Parallel.each(ON_DEAD, i -> apply(dead + "-" + i, dead, "dead", "10s"));
        }
        Space.await(
                LONGEST,
                () ->
                        assertThat(space.list(Kind.EXTERNAL_SECRET))
                                .allMatch(es -> Ready.of(es).isTrue()));
    }

    @AfterEach
    void stop() {
        assertThat(operator.fatal()).isEmpty();
        watch.close();
        operator.close();
        client.close();
        space.close();
        first.close();
        second.close();
        bao.close();
    }

    @Test
    void storeThatNeverAnswersHoldsUpNoOther() {
        compare(List.of("first"), () -> first.silence(true), () -> first.silence(false));
    }

    @Test
    void twoStoresThatNeverAnswerHoldUpNoOther() {
        compare(
                List.of("first", "second"),
                () -> {
                    first.silence(true);
                    second.silence(true);
                },
                () -> {
                    first.silence(false);
                    second.silence(false);
                });
    }

    @Test
    void storeThatRefusesConnectionsHoldsUpNoOther() {
        URI nowhere = URI.create("http://127.0.0.1:1");
        compare(
                List.of("first"),
                () -> store("first", nowhere),
                () -> store("first", first.address()));
    }

    /** What was seen in a while: how long a value took that was asked for, and the refreshes. */
    private record Seen(Duration median, Duration late, Duration longestPause) {}

    private void compare(List<String> dead, Runnable die, Runnable live) {
        List<String> failures = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Seen control = look();
            die.run();
            dead.forEach(this::forceAll);
            Seen seen = look();
            System.out.printf("dead %s: %s, without: %s%n", dead, seen, control);
            live.run();
            awaitLife(dead);
            Duration most = max(GOOD, control.late().multipliedBy(3));
            Duration pause = max(Duration.ofSeconds(4), control.longestPause().multipliedBy(3));
            if (seen.late().compareTo(most) <= 0 && seen.longestPause().compareTo(pause) <= 0) {
                return;
            }
            failures.add("%s beside %s, without: %s".formatted(seen, dead, control));
        }
        assertThat(failures).as("each of %d attempts was too slow", ATTEMPTS).isEmpty();
    }

    /** The dead are well again, so that the next attempt begins as the first. */
    private void awaitLife(List<String> dead) {
        dead.forEach(this::forceAll);
        Space.await(
                LONGEST,
                () ->
                        assertThat(space.list(Kind.EXTERNAL_SECRET))
                                .filteredOn(es -> !Ready.of(es).isTrue())
                                .isEmpty());
    }

    private Seen look() {
        AuditLog audit = bao.audit().fromNow();
        Instant begun = Instant.now();
        List<Duration> times = new ArrayList<>();
        for (int i = 0; Instant.now().isBefore(begun.plus(SPAN)); i++) {
            times.add(timeToValue("healthy-" + i % (HEALTHY * ON_EACH), "value " + forced++));
        }
        Collections.sort(times);
        Duration pause = longestPause(audit, begun, Instant.now());
        return new Seen(times.get(times.size() / 2), times.get((int) (times.size() * 0.99)), pause);
    }

    /** How long after it was asked for the new value is in the Secret, as a watch tells. */
    private Duration timeToValue(String name, String value) {
        put(name, value);
        CountDownLatch arrived = arrivals.await(name, value);
        long begun = System.nanoTime();
        force(name);
        try {
            // Who waits longer has waited too long anyway.
            arrived.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** The longest time that any of the steady ones was not refreshed. */
    private static Duration longestPause(AuditLog audit, Instant begun, Instant ended) {
        Map<String, Instant> last = new HashMap<>();
        IntStream.range(0, HEALTHY).forEach(i -> last.put("secret/data/steady-" + i, begun));
        Duration longest = Duration.ZERO;
        for (AuditEntry read : audit.entries()) {
            Instant before = last.get(read.path());
            if (before != null && read.isKvRead()) {
                longest = max(longest, Duration.between(before, read.time()));
                last.put(read.path(), read.time());
            }
        }
        for (Instant before : last.values()) {
            longest = max(longest, Duration.between(before, ended));
        }
        return longest;
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private void forceAll(String dead) {
        Parallel.each(ON_DEAD, i -> force(dead + "-" + i));
    }

    private void force(String name) {
        space.patch(
                Kind.EXTERNAL_SECRET,
                name,
                Map.of(
                        "metadata",
                        Map.of("annotations", Map.of("force-sync", "" + System.nanoTime()))));
    }

    private void put(String name, String value) {
        bao.api().putKv2("secret", name, Map.of("k", value));
    }

    private void store(String name, URI server) {
        space.apply(Manifests.vaultStore(name, server, Manifests.token("token")));
    }

    private void apply(String name, String store, String key, String interval) {
        space.apply(
                Manifests.externalSecret(name)
                        .from(store)
                        .every(interval)
                        .data("k", key, "k")
                        .yaml());
    }

    /** Tells when a Secret holds a value. */
    private static final class Arrivals implements Watcher<Secret> {

        private record Awaited(String name, String value) {}

        private final Map<Awaited, CountDownLatch> awaited = new ConcurrentHashMap<>();

        CountDownLatch await(String name, String value) {
            return awaited.computeIfAbsent(new Awaited(name, value), key -> new CountDownLatch(1));
        }

        @Override
        public void eventReceived(Action action, Secret secret) {
            String encoded = secret.getData() == null ? null : secret.getData().get("k");
            if (encoded != null) {
                String value =
                        new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
                CountDownLatch latch =
                        awaited.get(new Awaited(secret.getMetadata().getName(), value));
                if (latch != null) {
                    latch.countDown();
                }
            }
        }

        @Override
        public void onClose(WatcherException cause) {
            throw new IllegalStateException("the watch has ended", cause);
        }
    }
}

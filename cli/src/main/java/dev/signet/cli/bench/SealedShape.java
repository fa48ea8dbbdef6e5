package dev.signet.cli.bench;

import dev.signet.sealed.KeyGenerator;
import dev.signet.sealed.UnsealingKey;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Progress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Times how SealedSecrets are opened by this operator and by Bitnami's controller, one after the
 * other on the same API server, with the same keys and the same objects: first without Secrets, and
 * then after a restart with all in step.
 */
final class SealedShape {

    private static final int MANY = 36;
    private static final int BITS = 4096;
    private static final Duration LIFE = Duration.ofDays(3650);
    private static final Duration RENEWAL = Duration.ofDays(30);
    private static final Duration SETTLE = Duration.ofSeconds(3);
    private static final Duration STEP = Duration.ofMillis(50);

    /** Bitnami's controller tries 36 keys at random, which takes a tenth of a second each. */
    private static final long EACH_AT_MOST_MILLIS = 2000;

    private final Lab lab;
    private final Binaries binaries;
    private final BenchSettings settings;
    private final Progress progress;

    SealedShape(Lab lab, Binaries binaries, BenchSettings settings, Progress progress) {
        this.lab = lab;
        this.binaries = binaries;
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * What there is to open.
     *
     * @param label of its figures
     * @param keys that the controllers have, newest first
     * @param used those that the objects are sealed with
     */
    private record Work(String label, List<UnsealingKey> keys, List<UnsealingKey> used) {}

    RunResult run(int number) {
        if (!settings.own()) {
            throw new BenchException(
                    "--command does not go with --shape sealed, which measures beside Bitnami's"
                            + " controller");
        }
        List<UnsealingKey> keys = keys();
        UnsealingKey newest = keys.getFirst();
        List<Figure> figures = new ArrayList<>();
        for (Work work :
                List.of(
                        new Work("1 key", List.of(newest), List.of(newest)),
                        new Work("36 keys, the newest in use", keys, List.of(newest)),
                        new Work("36 keys, all in use", keys, keys))) {
            figures.addAll(measure(work, number));
        }
        return RunResult.of(figures);
    }

    /** Each a month older than the one before, as renewal leaves them. */
    private List<UnsealingKey> keys() {
        progress.line("making %d keys of %d bits".formatted(MANY, BITS));
        ConcurrentMap<Integer, UnsealingKey> keys = new ConcurrentSkipListMap<>();
        SecureRandom random = new SecureRandom();
        Parallel.each(
                0,
                MANY,
                Runtime.getRuntime().availableProcessors(),
                i ->
                        keys.put(
                                i,
                                new KeyGenerator(
                                                Clock.offset(
                                                        Clock.systemUTC(),
                                                        RENEWAL.multipliedBy(i).negated()),
                                                random)
                                        .generate("key-" + i, BITS, LIFE, "")));
        return List.copyOf(keys.values());
    }

    private List<Figure> measure(Work work, int number) {
        String part = work.label().replaceAll("[^0-9a-z]+", "_") + "_" + number;
        String home = "home-" + part.replace('_', '-');
        store(work.keys(), home);
        progress.line("%s: sealing %d SealedSecrets".formatted(work.label(), settings.objects()));
        SealedFleet fleet =
                SealedFleet.seal(
                        lab,
                        "sealed-" + part.replace('_', '-'),
                        settings.objects(),
                        work.used(),
                        settings.concurrent());
        fleet.createNamespaces();
        List<Figure> figures = new ArrayList<>();
        Times signet = measure(SealedRival.SIGNET, work, fleet, home, figures);
        Times bitnami = measure(SealedRival.BITNAMI, work, fleet, home, figures);
        figures.add(times("cold", work, bitnami.cold(), signet.cold()));
        figures.add(times("restart", work, bitnami.restart(), signet.restart()));
        return figures;
    }

    private static Figure times(String what, Work work, Duration bitnami, Duration signet) {
        return Figure.times(
                key(what + "_ratio", work),
                "%s, %s: bitnami / signet".formatted(work.label(), what),
                (double) bitnami.toNanos() / signet.toNanos());
    }

    /** How long both starts took. */
    private record Times(Duration cold, Duration restart) {}

    private Times measure(
            SealedRival rival, Work work, SealedFleet fleet, String home, List<Figure> figures) {
        fleet.create(settings.concurrent());
        Patience.pause(SETTLE);
        progress.line("%s: %s opens them".formatted(work.label(), rival.label()));
        Duration cold;
        try (ReadyWatch watch = ReadyWatch.ofSealedSecrets(lab, fleet.size());
                SealedRival.Running running = rival.start(lab, binaries, settings, home)) {
            long last = watch.await(fleet.size(), limit(), running::isAlive);
            cold = Duration.ofNanos(last - running.begun());
            tell(figures, rival, "cold", work, cold, running.pid());
            awaitInStep(running, fleet.size());
        }
        Patience.pause(SETTLE);
        progress.line("%s: %s starts again".formatted(work.label(), rival.label()));
        Duration restart;
        try (SealedRival.Running running = rival.start(lab, binaries, settings, home)) {
            restart = Duration.ofNanos(awaitInStep(running, fleet.size()) - running.begun());
            tell(figures, rival, "restart", work, restart, running.pid());
        }
        fleet.delete();
        return new Times(cold, restart);
    }

    private long awaitInStep(SealedRival.Running running, int wanted) {
        long end = System.nanoTime() + limit().toNanos();
        long found = running.inStep();
        while (found < wanted) {
            if (System.nanoTime() > end || !running.isAlive()) {
                throw new BenchException(
                        "the controller has looked at %d of %d SealedSecrets"
                                .formatted(found, wanted));
            }
            Patience.pause(STEP);
            found = running.inStep();
        }
        return System.nanoTime();
    }

    private void tell(
            List<Figure> figures,
            SealedRival rival,
            String what,
            Work work,
            Duration took,
            long pid) {
        String label = "%s, %s: %s".formatted(work.label(), what, rival.label());
        String key = key(what + "_" + rival.label(), work);
        figures.add(Figure.seconds(key, label, took));
        figures.add(
                new Figure(
                        key + "_per_second",
                        label,
                        settings.objects() / (took.toNanos() / 1e9),
                        Unit.PER_SECOND));
        ProcessFigures.of(pid)
                .ifPresent(process -> {
                    figures.add(
                            Figure.megabytes(
                                    key + "_rss_peak", label + ", RSS peak", process.peak()));
                    figures.add(Figure.seconds(key + "_cpu", label + ", CPU", process.cpu()));
                });
    }

    private static String key(String what, Work work) {
        return work.label().replaceAll("[^0-9a-z]+", "_") + "_" + what;
    }

    private Duration limit() {
        return Duration.ofMinutes(5).plusMillis(EACH_AT_MOST_MILLIS * settings.objects());
    }

    private void store(List<UnsealingKey> keys, String home) {
        lab.plane().api().createNamespace(home);
        for (UnsealingKey key : keys) {
            lab.plane()
                    .api()
                    .create(
                            "/api/v1/namespaces/" + home + "/secrets",
                            Map.of(
                                    "metadata",
                                    Map.of(
                                            "name",
                                            key.name(),
                                            "labels",
                                            Map.of(
                                                    "sealedsecrets.bitnami.com/sealed-secrets-key",
                                                    "active")),
                                    "type",
                                    "kubernetes.io/tls",
                                    "stringData",
                                    Map.of(
                                            "tls.crt",
                                            key.certificate().pem(),
                                            "tls.key",
                                            key.privateKeyPem())));
        }
    }
}

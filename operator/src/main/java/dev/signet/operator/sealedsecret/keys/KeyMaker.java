package dev.signet.operator.sealedsecret.keys;

import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.operator.sealedsecret.KeySettings;
import dev.signet.sealed.KeyGenerator;
import dev.signet.sealed.UnsealingKey;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes keys when they are due. For one thread. */
final class KeyMaker {

    private static final Logger log = LoggerFactory.getLogger(KeyMaker.class);

    /** Who takes the last key away may be about to put another in its place. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** A Secret that was made is in the watch long before that, or was deleted again. */
    private static final Duration UNSEEN = Duration.ofMinutes(5);

    /**
     * Keys follow each other no faster by themselves: where the API server's clock is behind, a new
     * key may seem to be old.
     */
    private static final Duration AT_LEAST_BETWEEN = Duration.ofMinutes(1);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final KubernetesClient client;
    private final String namespace;
    private final KeySettings settings;
    private final Clock clock;
    private final LongSupplier nanos;
    private final SecureRandom random = new SecureRandom();
    private final RenewalPlan plan;
    private final Map<String, Made> made = new LinkedHashMap<>();
    private boolean hadKey;
    private long missingSince;
    private Duration pause = Duration.ZERO;
    private long pausedAt;
    private @Nullable UnsealingKey unsaved;
    private @Nullable Instant lastMade;

    private record Made(Secret secret, long at) {}

    KeyMaker(
            KubernetesClient client,
            String namespace,
            KeySettings settings,
            Clock clock,
            LongSupplier nanos) {
        this.client = client;
        this.namespace = namespace;
        this.settings = settings;
        this.clock = clock;
        this.nanos = nanos;
        this.plan = new RenewalPlan(settings.renewPeriod(), settings.cutoff());
    }

    /** These Secrets, and those that were made here and that the watch has not brought yet. */
    Collection<Secret> withMade(Collection<Secret> watched) {
        watched.forEach(secret -> made.remove(secret.getMetadata().getName()));
        made.values().removeIf(each -> since(each.at()).compareTo(UNSEEN) > 0 && isGone(each));
        List<Secret> all = new ArrayList<>(watched);
        made.values().forEach(each -> all.add(each.secret()));
        return all;
    }

    /**
     * Makes a key, where it is time.
     *
     * @param newest the time of the newest key
     * @param asked whether one is wanted now; reset once it is made
     * @return whether one was made
     */
    boolean makeIfDue(Optional<Instant> newest, AtomicBoolean asked) {
        if (!isDue(newest) && !asked.get()) {
            return false;
        }
        if (since(pausedAt).compareTo(pause) < 0) {
            return false;
        }
        try {
            create(newest);
            asked.set(false);
            pause = Duration.ZERO;
            return true;
        } catch (KubernetesClientException e) {
            pausedAt = nanos.getAsLong();
            pause = pause.isZero() ? FIRST_PAUSE : shorter(pause.multipliedBy(2), LONGEST_PAUSE);
            log.atWarn()
                    .addKeyValue("namespace", namespace)
                    .addKeyValue("cause", KubernetesErrors.text(e))
                    .addKeyValue("retryAfter", pause)
                    .log("new sealing key could not be stored");
            return false;
        }
    }

    private boolean isDue(Optional<Instant> newest) {
        if (newest.isPresent()) {
            hadKey = true;
            missingSince = nanos.getAsLong();
            Instant now = clock.instant();
            return plan.due(newest.get()).filter(due -> !now.isBefore(due)).isPresent()
                    && (lastMade == null
                            || Duration.between(lastMade, now).abs().compareTo(AT_LEAST_BETWEEN)
                                    >= 0);
        }
        return !hadKey || since(missingSince).compareTo(GRACE) >= 0;
    }

    private void create(Optional<Instant> newest) {
        // A key takes a second of computing; one that could not be stored is kept for the next try.
        UnsealingKey key = unsaved;
        if (key == null || newest.filter(n -> !start(key).isAfter(n)).isPresent()) {
            unsaved = generate(RenewalPlan.start(clock.instant(), newest));
        }
        UnsealingKey fresh = Objects.requireNonNull(unsaved);
        Secret created =
                client.secrets()
                        .inNamespace(namespace)
                        .resource(KeySecrets.write(fresh, namespace, settings))
                        .create();
        String name = created.getMetadata().getName();
        log.atInfo()
                .addKeyValue("namespace", namespace)
                .addKeyValue("name", name)
                .addKeyValue("fingerprint", fresh.fingerprint())
                .log("new sealing key stored");
        unsaved = null;
        lastMade = clock.instant();
        made.put(name, new Made(created, nanos.getAsLong()));
    }

    private UnsealingKey generate(Instant start) {
        return new KeyGenerator(Clock.fixed(start, ZoneOffset.UTC), random)
                .generate(
                        settings.prefix(), settings.bits(), settings.life(), settings.commonName());
    }

    private static Instant start(UnsealingKey key) {
        return key.certificate().notBefore();
    }

    private boolean isGone(Made each) {
        try {
            return client.secrets()
                            .inNamespace(namespace)
                            .withName(each.secret().getMetadata().getName())
                            .get()
                    == null;
        } catch (KubernetesClientException e) {
            // Not known; a key is not forgotten for that.
            return false;
        }
    }

    private Duration since(long then) {
        return Duration.ofNanos(nanos.getAsLong() - then);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

package dev.signet.operator.sealedsecret;

import dev.signet.operator.refresh.ObjectKey;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.Opener;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes up who is to be looked at: what is new or changed, whose Secret changed, and all that
 * failed when a key arrives. Secrets are not watched before there is a SealedSecret.
 */
final class SealedSecretReconciler implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SealedSecretReconciler.class);
    private static final Duration ASKING_AGAIN = Duration.ofSeconds(15);

    /** Long enough for keys to be listed, or the first to be generated. */
    private static final Duration PATIENCE_FOR_KEYS = Duration.ofSeconds(30);

    /**
     * Long enough for all of a cluster to be listed. Where one namespace does not let that happen,
     * the Secrets of all are looked at one by one.
     */
    private static final Duration PATIENCE_FOR_SECRETS = Duration.ofMinutes(1);

    private static final int WORKERS = 24;

    /**
     * Enough to keep all processors at opening while others of them wait for the API server; the
     * rest of the workers is there for other namespaces.
     */
    private static final int OF_ONE_NAMESPACE = 16;

    /** Longer than any look waits that goes on at all. */
    private static final Duration STANDSTILL = Duration.ofMinutes(10);

    private final SealedParts parts;
    private final SealedSecretsConfig config;
    private final Set<String> namespaces;
    private final Keys keys;
    private final Opener opener;
    private final Runnable onServed;
    private final SealedSecretWatch sealedSecrets;
    private final @Nullable SecretWatch secrets;
    private final SealedLook look;
    private final Looks looks;
    private final Calm calm = new Calm(System::nanoTime);
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch keyThere = new CountDownLatch(1);
    private volatile @Nullable Thread starter;

    SealedSecretReconciler(
            SealedParts parts,
            SealedSecretsConfig config,
            String namespace,
            Keys keys,
            Opener opener,
            Runnable onServed) {
        this.parts = parts;
        this.opener = opener;
        this.onServed = onServed;
        this.config = config;
        this.namespaces = namespaces(config, namespace);
        this.keys = keys;
        SealedStatuses statuses =
                new SealedStatuses(
                        parts.calls(),
                        parts.mapper(),
                        parts.clock(),
                        config.unseal().updateStatus());
        this.looks = new Looks(this::look, OF_ONE_NAMESPACE);
        this.sealedSecrets =
                new SealedSecretWatch(
                        parts.client(), config.unseal().labelSelector(), statuses::seen);
        this.secrets =
                config.unseal().skipRecreate()
                        ? null
                        : new SecretWatch(parts.client(), this::secretChanged);
        this.look =
                new SealedLook(
                        parts,
                        config.unseal(),
                        new SealedLook.Sources(sealedSecrets, secrets, keys),
                        statuses,
                        opener,
                        calm,
                        looks::ask);
        sealedSecrets.onChange(this::sealedSecretChanged);
        keys.onChange(this::keysChanged);
    }

    /** Returns at once. */
    void start() {
        starter = Thread.ofVirtual().name("sealed-secrets").start(this::begin);
    }

    SealedSecretCatalog catalog() {
        return sealedSecrets;
    }

    /** Whether looks are taken, or none is due, or values are being opened for them. */
    boolean isGoingOn() {
        return looks.isGoingOn(STANDSTILL) || opener.hasTriedWithin(STANDSTILL);
    }

    @Override
    public void close() {
        Thread beginning = starter;
        if (beginning != null) {
            beginning.interrupt();
        }
        looks.close();
        sealedSecrets.close();
        if (secrets != null) {
            secrets.close();
        }
    }

    /** One step of the beginning. */
    private interface Beginning {
        void take() throws InterruptedException, ExecutionException;
    }

    private void begin() {
        try {
            insist(this::awaitServed);
            insist(onServed::run);
            parts.metrics().sealedSecrets().serving(version(), config.unseal().omitSecretLabels());
            log.atInfo()
                    .addKeyValue(
                            "namespaces",
                            namespaces.isEmpty() ? "all" : String.join(",", namespaces))
                    .log("SealedSecrets are served");
            insist(() -> sealedSecrets.start(namespaces));
            first.await();
            SecretWatch watch = secrets;
            if (watch != null) {
                insist(() ->
                        watch.start(namespaces)
                                .toCompletableFuture()
                                .completeOnTimeout(
                                        null, PATIENCE_FOR_SECRETS.toSeconds(), TimeUnit.SECONDS)
                                .get());
            }
            // Until they are read, everything would seem to be sealed with another key.
            if (keys.current().equals(KeyRing.EMPTY)) {
                var _ = keyThere.await(PATIENCE_FOR_KEYS.toSeconds(), TimeUnit.SECONDS);
            }
            looks.start(WORKERS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nobody else would begin again. */
    private static void insist(Beginning step) throws InterruptedException {
        while (true) {
            try {
                step.take();
                return;
            } catch (ExecutionException | RuntimeException | StackOverflowError | LinkageError e) {
                log.atError().setCause(e).log("SealedSecrets cannot be served; trying again");
            }
            Thread.sleep(ASKING_AGAIN);
        }
    }

    private void awaitServed() throws InterruptedException {
        Servable servable = new Servable(parts.client(), config.unseal().updateStatus());
        String told = "";
        while (true) {
            Optional<String> problem = servable.problem(namespaces);
            if (problem.isEmpty()) {
                Set<String> lacking = servable.lacking(namespaces);
                if (!lacking.isEmpty()) {
                    log.atWarn()
                            .addKeyValue("lacking", String.join(", ", lacking))
                            .log("RBAC does not allow all that SealedSecrets need");
                }
                return;
            }
            if (!problem.get().equals(told)) {
                told = problem.get();
                log.atInfo().addKeyValue("cause", told).log("SealedSecrets are not served");
            }
            Thread.sleep(ASKING_AGAIN);
        }
    }

    private void sealedSecretChanged(ObjectKey key) {
        looks.ask(key, Duration.ZERO);
        first.countDown();
    }

    private void secretChanged(ObjectKey key) {
        if (sealedSecrets.find(key).isPresent()) {
            looks.ask(key, calm.delay(key));
        }
    }

    private void keysChanged() {
        if (!keys.current().equals(KeyRing.EMPTY)) {
            keyThere.countDown();
        }
        // Those that are in step are known to be so without a key.
        sealedSecrets.keys().forEach(key -> looks.ask(key, Duration.ZERO));
    }

    private void look(ObjectKey key) {
        look.at(key);
    }

    private static Set<String> namespaces(SealedSecretsConfig config, String namespace) {
        if (!namespace.isEmpty()) {
            return Set.of(namespace);
        }
        if (config.unseal().allNamespaces()) {
            return Set.of();
        }
        Set<String> some = new TreeSet<>(config.unseal().additionalNamespaces());
        some.add(config.home());
        return some;
    }

    private static String version() {
        String version = SealedSecretReconciler.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}

package dev.signet.operator.sealedsecret.keys;

import dev.signet.operator.event.EventRecorder;
import dev.signet.operator.sealedsecret.KeySettings;
import dev.signet.operator.sealedsecret.Keys;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.UnsealingKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys in the Secrets of the operator's namespace: noticed as they come, change and go, made
 * when there is none or the newest is old, and their newest certificate published.
 *
 * <p>A Secret that holds no usable key is told of and left out; it stops nothing. As long as the
 * Secrets cannot be listed, nothing is made: there may be keys. Of several operators that start at
 * once each may make a key, and all of these are used.
 */
public final class KeyRegistry implements Keys, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KeyRegistry.class);
    private static final Duration TICK = Duration.ofSeconds(15);
    private static final String COMPONENT = "sealed-secrets";

    private final String namespace;
    private final EventRecorder events;
    private final KeySource source;
    private final KeyReader reader;
    private final KeyMaker maker;
    private final CertificateMap certificates;
    private final Duration tick;
    private final ScheduledThreadPoolExecutor worker;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean news = new AtomicBoolean();
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile KeyRing ring = KeyRing.EMPTY;

    /**
     * Not started.
     *
     * @param client stays the caller's to close
     * @param namespace of the key Secrets and of the ConfigMap
     */
    public KeyRegistry(
            KubernetesClient client,
            String namespace,
            KeySettings settings,
            EventRecorder events,
            Clock clock) {
        this(client, namespace, settings, events, clock, TICK);
    }

    KeyRegistry(
            KubernetesClient client,
            String namespace,
            KeySettings settings,
            EventRecorder events,
            Clock clock,
            Duration tick) {
        this.namespace = namespace;
        this.events = events;
        this.tick = tick;
        this.source = new KeySource(client, namespace, settings, this::somethingChanged);
        this.reader = new KeyReader(settings);
        this.maker = new KeyMaker(client, namespace, settings, clock, System::nanoTime);
        this.certificates = new CertificateMap(client, namespace, settings, System::nanoTime);
        this.worker =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("sealing-keys").factory());
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Begins to watch, and returns at once. */
    public void start() {
        source.start();
        long every = tick.toMillis();
        var _ = worker.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
    }

    /** Whether there is a key to seal with. */
    public boolean isReady() {
        return ring.newest().isPresent();
    }

    /** Makes a new key as soon as that can be done, whatever the age of the newest. */
    public void renew() {
        asked.set(true);
        somethingChanged();
    }

    @Override
    public KeyRing current() {
        return ring;
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        worker.shutdownNow();
        source.close();
    }

    private void somethingChanged() {
        if (!news.getAndSet(true)) {
            soon(Duration.ZERO);
        }
    }

    private void soon(Duration delay) {
        try {
            var _ = worker.schedule(this::look, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // It is closed.
        }
    }

    private void look() {
        news.set(false);
        try {
            var secrets = source.secrets();
            if (secrets.isPresent()) {
                KeyReader.Reading reading = reader.read(maker.withMade(secrets.get()));
                take(reading);
                if (maker.makeIfDue(reading.newest(), asked)) {
                    somethingChanged();
                }
                publish();
            }
        } catch (Throwable e) {
            if (worker.isShutdown()) {
                return;
            }
            // Without a message, which may hold anything; and the next look must come.
            log.atError()
                    .addKeyValue("cause", e.getClass().getSimpleName())
                    .log("looking after keys failed; trying again");
        }
    }

    private void take(KeyReader.Reading reading) {
        for (KeyReader.Broken broken : reading.broken()) {
            String name = broken.secret().getMetadata().getName();
            log.atWarn()
                    .addKeyValue("namespace", namespace)
                    .addKeyValue("name", name)
                    .addKeyValue("cause", broken.why())
                    .log("key Secret is not used");
            events.warning(
                    broken.secret(),
                    COMPONENT,
                    "InvalidKey",
                    "not used as a sealing key: " + broken.why());
        }
        KeyRing before = ring;
        if (same(before, reading.ring())) {
            return;
        }
        ring = reading.ring();
        Optional<UnsealingKey> newest = ring.newest();
        log.atInfo()
                .addKeyValue("namespace", namespace)
                .addKeyValue("keys", ring.keys().size())
                .addKeyValue("newest", newest.map(UnsealingKey::name).orElse(""))
                .addKeyValue("fingerprint", newest.map(UnsealingKey::fingerprint).orElse(""))
                .log("sealing keys changed");
        listeners.forEach(KeyRegistry::tell);
    }

    private static void tell(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            // The others have to hear of it too; it is told once.
            log.atError()
                    .addKeyValue("cause", e.getClass().getSimpleName())
                    .log("who was told of new sealing keys failed");
        }
    }

    private void publish() {
        Optional<UnsealingKey> newest = ring.newest();
        if (newest.isPresent()
                && source.knowsMap()
                && certificates.heal(source.map(), newest.get().certificate().pem())) {
            soon(CertificateMap.BETWEEN_WRITES);
        }
    }

    private static boolean same(KeyRing one, KeyRing other) {
        return marks(one).equals(marks(other));
    }

    private static List<List<String>> marks(KeyRing ring) {
        return ring.keys().stream()
                .map(key -> List.of(key.name(), key.fingerprint(), key.certificate().pem()))
                .toList();
    }
}

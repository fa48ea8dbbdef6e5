package dev.signet.operator.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.api.GoDuration;
import dev.signet.api.store.StoreRetrySettings;
import dev.signet.provider.ProviderCalls;
import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;
import dev.signet.provider.RetrySettings;
import dev.signet.provider.SecretClient;
import dev.signet.provider.StoreCapabilities;
import dev.signet.provider.StoreContext;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens one session for each store and identity, and shares it among all that are served through
 * it.
 *
 * <p>A session belongs to a store's UID and generation and to one identity: for most stores there
 * is one, for a ClusterSecretStore whose references name no namespace there is one for each
 * namespace served. When the spec or something that it refers to changes, the session is replaced;
 * the old one is closed when its last call has ended.
 */
public final class StoreSessions implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(StoreSessions.class);

    /** The most reads made through one session at once; the rest wait. */
    static final int CALLS_AT_ONCE = 32;

    /** A session that was not used for so long is closed. */
    static final Duration IDLE = Duration.ofHours(2);

    private static final int MOST_RETRIES = 10;
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

    /** A pause holds a place that others could use. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final StoreSpecs specs;
    private final ReferenceResolver resolver;
    private final ProviderCalls calls;
    private final Clock clock;
    private final boolean localEndpoints;
    private final ReferenceWatch<Identity> watch;
    private final BiConsumer<StoreKey, String> onReferenceChange;
    private final ConcurrentMap<Identity, Session> sessions = new ConcurrentHashMap<>();

    /**
     * Those that are watched for a successor of their session, which may never come; since when.
     */
    private final ConcurrentMap<Identity, Instant> unused = new ConcurrentHashMap<>();

    /**
     * Whom a session acts for: {@code caller} is empty unless the store's references depend on it.
     */
    record Identity(StoreKey store, String uid, long generation, String caller) {}

    /** What to do with a session's client. */
    @FunctionalInterface
    public interface Use<T> {
        T with(SecretClient client) throws InterruptedException;
    }

    /**
     * @param localEndpoints whether stores may name addresses of this machine, its link or its
     *     cloud's metadata
     * @param onReferenceChange is told of a store when an object that it refers to was made,
     *     changed or deleted; the session is replaced by then. The second argument is the namespace
     *     that it was replaced for; empty if for all
     */
    public StoreSessions(
            Providers providers,
            ReferenceResolver resolver,
            ProviderCalls calls,
            ObjectMapper mapper,
            Clock clock,
            KubernetesClient client,
            boolean localEndpoints,
            BiConsumer<StoreKey, String> onReferenceChange) {
        this.specs = new StoreSpecs(providers, mapper);
        this.resolver = resolver;
        this.calls = calls;
        this.clock = clock;
        this.localEndpoints = localEndpoints;
        this.onReferenceChange = onReferenceChange;
        this.watch =
                new ReferenceWatch<>(
                        client,
                        identity -> {
                            // The watch stays: a change while the next session opens must be seen
                            // too.
                            retire(identity::equals);
                            unused.put(identity, clock.instant());
                            onReferenceChange.accept(identity.store(), identity.caller());
                        });
    }

    /** Uses the session of {@code store} on behalf of an object in the namespace {@code caller}. */
    public <T> T use(Store store, String caller, Use<T> use)
            throws StoreProblemException, InterruptedException {
        StoreSpecs.Resolved<?> resolved = specs.of(store);
        try {
            return use(store, identity(store, caller, resolved.references()), resolved, use);
        } catch (LinkageError e) {
            // A provider's libraries are loaded when they are first needed.
            throw new StoreProblemException(
                    "%s: a library of the provider %s is missing from this installation or does not fit it (%s)"
                            .formatted(store.key(), resolved.provider().name(), e.getMessage()));
        }
    }

    /**
     * Whether calls on behalf of that namespace are not made at present, as the last ones got no
     * answer.
     */
    public boolean isLeftAlone(Store store, String caller) {
        try {
            Session session = sessions.get(identity(store, caller, specs.of(store).references()));
            return session != null && session.isLeftAlone();
        } catch (StoreProblemException e) {
            return false;
        }
    }

    private <T> T use(Store store, Identity identity, StoreSpecs.Resolved<?> resolved, Use<T> use)
            throws InterruptedException {
        while (true) {
            Session session = sessions.computeIfAbsent(identity, key -> open(store, key, resolved));
            if (session.enter()) {
                try {
                    return use.with(session.client());
                } finally {
                    session.leave(clock.instant());
                }
            }
            // It was retired between the two lines; the next turn opens another.
            sessions.remove(identity, session);
        }
    }

    /**
     * Whether the store's identity is that of each namespace served, so that it cannot be tried
     * without one.
     */
    public boolean isReferent(Store store) throws StoreProblemException {
        ReferenceScope scope = new ReferenceScope(store.key(), "");
        return specs.of(store).references().stream().anyMatch(scope::isReferent);
    }

    /** What the store's provider can do. */
    public StoreCapabilities capabilities(Store store) throws StoreProblemException {
        return specs.of(store).provider().capabilities();
    }

    /**
     * What is said of the first object that the store's spec refers to and that is not there, or
     * lacks the key; empty where all are there, or it cannot be told. Asks the API server for each.
     *
     * @param caller the namespace of the object that is being served
     */
    public Optional<String> absentReference(Store store, String caller)
            throws StoreProblemException, InterruptedException {
        References references = resolver.within(new ReferenceScope(store.key(), caller));
        for (Reference reference : specs.of(store).references()) {
            try {
                switch (reference) {
                    case Reference.SecretKey secret -> references.read(secret);
                    case Reference.ConfigMapKey map -> references.read(map);
                    case Reference.ServiceAccount account -> references.annotations(account);
                    case Reference.SealedSecrets sealed -> references.sealed(sealed);
                }
            } catch (ReferenceException e) {
                if (e.reason() == ReferenceException.Cause.MISSING) {
                    return Optional.of(e.text());
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Closes the sessions of earlier generations of this store, and those that were long unused.
     */
    public void keepOnly(Store store) {
        end(identity ->
                identity.store().equals(store.key())
                        && !(identity.uid().equals(store.uid())
                                && identity.generation() == store.generation()));
        var oldest = clock.instant().minus(IDLE);
        end(identity -> {
            Session session = sessions.get(identity);
            return session == null
                    ? unused.getOrDefault(identity, Instant.MAX).isBefore(oldest)
                    : session.idleSince(oldest);
        });
        unused.values().removeIf(since -> since.isBefore(oldest));
    }

    /**
     * SealedSecrets have changed in this namespace, or what opens those of all if it is empty: told
     * on for each store that serves them.
     */
    public void sealedChanged(String namespace) {
        for (StoreKey store : specs.servingSealed()) {
            boolean cluster = store.kind() == StoreKind.CLUSTER_SECRET_STORE;
            if (cluster || namespace.isEmpty() || namespace.equals(store.namespace())) {
                onReferenceChange.accept(store, cluster ? namespace : "");
            }
        }
    }

    /** Closes all sessions of a store that is gone. */
    public void forget(StoreKey store) {
        specs.forget(store);
        end(identity -> identity.store().equals(store));
        unused.keySet().removeIf(identity -> identity.store().equals(store));
    }

    /** How many sessions are open. */
    public int size() {
        return sessions.size();
    }

    /** How many of them leave their backend alone, as it gives no answers. */
    public long resting() {
        return sessions.values().stream().filter(Session::isResting).count();
    }

    /**
     * Closes all sessions, side by side and within a few seconds, so that their tokens are revoked.
     */
    @Override
    public void close() {
        watch.close();
        List<Session> open = new ArrayList<>(sessions.values());
        sessions.clear();
        var closers = Executors.newVirtualThreadPerTaskExecutor();
        open.forEach(session -> closers.execute(session::closeNow));
        closers.shutdown();
        try {
            if (!closers.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                closers.shutdownNow();
            }
        } catch (InterruptedException e) {
            closers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void end(Predicate<Identity> which) {
        // Before the sessions go, so that a successor's watch is never the one that is taken away.
        watch.forget(which);
        retire(which);
    }

    private void retire(Predicate<Identity> which) {
        for (Identity identity : Set.copyOf(sessions.keySet())) {
            if (which.test(identity)) {
                Session session = sessions.remove(identity);
                if (session != null) {
                    session.retire();
                }
            }
        }
    }

    private Session open(Store store, Identity identity, StoreSpecs.Resolved<?> resolved) {
        ReferenceScope scope = new ReferenceScope(store.key(), identity.caller());
        var context =
                new StoreContext(
                        store.key().toString(),
                        resolver.within(scope),
                        retrySettings(store),
                        calls,
                        clock,
                        localEndpoints);
        unused.remove(identity);
        watch.follow(identity, targets(resolved.references(), scope));
        var client =
                new GuardedClient(
                        resolved.open(context),
                        new Breaker(
                                store.key().toString(),
                                store.key().kind() == StoreKind.CLUSTER_SECRET_STORE,
                                clock),
                        CALLS_AT_ONCE);
        return new Session(client, clock.instant());
    }

    private static Identity identity(Store store, String caller, List<Reference> references) {
        ReferenceScope scope = new ReferenceScope(store.key(), caller);
        boolean referent = references.stream().anyMatch(scope::isReferent);
        return new Identity(store.key(), store.uid(), store.generation(), referent ? caller : "");
    }

    private static Set<ReferenceWatch.Target> targets(
            List<Reference> references, ReferenceScope scope) {
        Set<ReferenceWatch.Target> targets = new HashSet<>();
        for (Reference reference : references) {
            try {
                String namespace = scope.namespaceOf(reference);
                switch (reference) {
                    case Reference.SecretKey secret ->
                            targets.add(new ReferenceWatch.Target(true, namespace, secret.name()));
                    case Reference.ConfigMapKey map ->
                            targets.add(new ReferenceWatch.Target(false, namespace, map.name()));
                    case Reference.ServiceAccount account -> {
                        // Tokens are asked for anew at each login, so there is nothing to watch.
                    }
                    case Reference.SealedSecrets sealed -> {
                        // Who watches them tells of their changes.
                    }
                }
            } catch (ReferenceException e) {
                // What may not be read is not watched either; reading it says why.
                log.atDebug().addKeyValue("cause", e.text()).log("reference not watched");
            }
        }
        return targets;
    }

    private static RetrySettings retrySettings(Store store) {
        StoreRetrySettings settings = store.spec().retrySettings();
        if (settings == null || settings.maxRetries() == null) {
            return RetrySettings.NONE;
        }
        return new RetrySettings(
                Math.clamp(settings.maxRetries(), 0, MOST_RETRIES),
                duration(settings.retryInterval())
                        .filter(Duration::isPositive)
                        .map(asked -> asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked)
                        .orElse(RETRY_INTERVAL));
    }

    private static Optional<Duration> duration(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(GoDuration.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}

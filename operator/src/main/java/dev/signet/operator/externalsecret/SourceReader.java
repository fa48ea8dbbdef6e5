package dev.signet.operator.externalsecret;

import dev.signet.operator.refresh.ObjectKey;
import dev.signet.operator.store.Fallback;
import dev.signet.operator.store.FallbackCause;
import dev.signet.operator.store.Store;
import dev.signet.operator.store.StoreKey;
import dev.signet.operator.store.StoreProblemException;
import dev.signet.operator.store.StoreSessions;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a store, or its fallback where the store cannot answer. All that one ExternalSecret asks of
 * a store is answered by the one or by the other, never by both.
 */
final class SourceReader {

    private static final Logger log = LoggerFactory.getLogger(SecretReader.class);

    private final StoreSessions sessions;
    private final StoreGate gate;
    private final FallbackUse uses;
    private final Consumer<StoreKey> doubts;

    /** The answers, and who served in the store's place; null where it gave them itself. */
    record Answers(Questions questions, @Nullable Substitute substitute) {}

    /**
     * @param uses is told of each ExternalSecret that turns to a fallback
     * @param doubts is told of a store whose backend did not answer
     */
    SourceReader(
            StoreSessions sessions, StoreGate gate, FallbackUse uses, Consumer<StoreKey> doubts) {
        this.sessions = sessions;
        this.gate = gate;
        this.uses = uses;
        this.doubts = doubts;
    }

    Answers ask(Source source, Questions questions, Reader reader)
            throws SyncException, InterruptedException {
        Optional<FallbackNeed> need;
        try {
            need = askStore(source, questions, reader.key().namespace());
        } catch (StoreProblemException e) {
            need = needOf(source, FallbackCause.NOT_CONFIGURED, e.text());
            if (need.isEmpty()) {
                throw SyncException.passing(SyncException.READ, e.text());
            }
        }
        Fallback fallback = source.fallback();
        return need.isEmpty() || fallback == null
                ? new Answers(questions, null)
                : askFallback(source, fallback, need.get(), questions, reader);
    }

    /**
     * On whose behalf is read.
     *
     * @param target the name of its target
     * @param keeps whether the target is known to hold what came from the stores themselves
     */
    record Reader(ObjectKey key, String target, boolean keeps) {}

    /** Empty where the answers, good or bad, are those that count. */
    private Optional<FallbackNeed> askStore(Source source, Questions questions, String namespace)
            throws StoreProblemException, SyncException, InterruptedException {
        Store store = source.store();
        if (store == null) {
            return needOf(source, FallbackCause.NOT_CONFIGURED, "there is no such store");
        }
        if (ask(store, questions, namespace).isUnanswered()
                || store.readiness() == Store.Readiness.NOT_READY) {
            // With a fallback a store is read also while it is not ready: it may be back.
            doubts.accept(store.key());
        }
        Fallback fallback = source.fallback();
        return fallback == null
                ? Optional.empty()
                : FallbackNeed.of(
                        questions.answers(),
                        fallback.on(),
                        () -> sessions.isLeftAlone(store, namespace),
                        () -> absent(store, namespace));
    }

    private Answers askFallback(
            Source source, Fallback fallback, FallbackNeed need, Questions questions, Reader reader)
            throws SyncException, InterruptedException {
        Substitute substitute =
                new Substitute(
                        source.key(),
                        fallback.store(),
                        need.cause(),
                        need.detail(),
                        fallback.replaces());
        if (reader.keeps() && !fallback.replaces()) {
            throw substitute.kept(reader.target());
        }
        uses.turned(reader.key(), fallback.store());
        String told =
                "%s (%s), and its fallback %s does not help: "
                        .formatted(substitute.why(), need.detail(), fallback.store());
        Questions again = questions.again();
        try {
            Store store = gate.fallback(fallback, reader.key().namespace());
            if (ask(store, again, reader.key().namespace()).isUnanswered()) {
                doubts.accept(store.key());
            }
        } catch (StoreProblemException e) {
            throw SyncException.passing(SyncException.READ, told + e.text());
        }
        again.areOfFallback(told);
        return new Answers(again, substitute);
    }

    private Questions ask(Store store, Questions questions, String namespace)
            throws StoreProblemException, SyncException, InterruptedException {
        try {
            return sessions.use(store, namespace, questions::ask);
        } catch (KubernetesClientException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw defect(store, e);
        }
    }

    private Optional<String> absent(Store store, String namespace) throws InterruptedException {
        try {
            return sessions.absentReference(store, namespace);
        } catch (StoreProblemException e) {
            return Optional.of(e.text());
        }
    }

    private static Optional<FallbackNeed> needOf(
            Source source, FallbackCause cause, String detail) {
        return Optional.ofNullable(source.fallback())
                .filter(fallback -> fallback.on().contains(cause))
                .map(fallback -> new FallbackNeed(cause, detail));
    }

    /** A provider answers and does not throw. The message of what it threw may hold anything. */
    private static SyncException defect(Store store, Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        log.atError()
                .addKeyValue("store", store.key())
                .addKeyValue("failure", e.getClass().getName())
                .addKeyValue("at", trace.length > 0 ? trace[0] : "")
                .log("the provider failed in a way it must not");
        return SyncException.passing(
                SyncException.READ,
                "%s: the provider failed in a way it must not, which the operator's log tells more of; please report it"
                        .formatted(store.key()));
    }
}

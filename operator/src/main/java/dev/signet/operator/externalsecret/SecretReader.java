package dev.signet.operator.externalsecret;

import dev.signet.api.DataRemoteRef;
import dev.signet.api.ExternalSecretData;
import dev.signet.api.ExternalSecretDataFrom;
import dev.signet.api.ExternalSecretFind;
import dev.signet.api.ExternalSecretSpec;
import dev.signet.api.ExternalSecretTarget;
import dev.signet.api.SourceRef;
import dev.signet.api.StoreRef;
import dev.signet.operator.externalsecret.rules.SecretBuilder;
import dev.signet.operator.store.Store;
import dev.signet.operator.store.StoreKey;
import dev.signet.operator.store.StoreProblemException;
import dev.signet.operator.store.StoreSessions;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what an ExternalSecret asks for: all references to one store in one go, so that the
 * provider can share calls.
 *
 * <p>Only a backend's own word that a secret does not exist counts as missing; whatever else goes
 * wrong fails the sync.
 */
final class SecretReader {

    private static final Logger log = LoggerFactory.getLogger(SecretReader.class);

    private final StoreSessions sessions;
    private final Consumer<StoreKey> doubts;

    /**
     * @param doubts is told of a store whose backend did not answer
     */
    SecretReader(StoreSessions sessions, Consumer<StoreKey> doubts) {
        this.sessions = sessions;
        this.doubts = doubts;
    }

    /**
     * What was read.
     *
     * @param missing a sentence for each entry whose secret does not exist, where the deletion
     *     policy lets that pass
     */
    record Reading(SecretBuilder.ReadValues values, List<String> missing) {

        /**
         * Whether the backend has none of what was asked for. Only then may a target be deleted.
         */
        boolean isAllGone(ExternalSecretSpec spec) {
            return values.data().isEmpty()
                    && values.dataFrom().entrySet().stream()
                            .allMatch(entry ->
                                    entry.getValue().isEmpty()
                                            && spec.dataFrom().get(entry.getKey()).find() != null);
        }
    }

    /** What is asked of one store, and what it answered. */
    private static final class Questions {

        final Set<RemoteRef> refs = new LinkedHashSet<>();
        final Set<RemoteRef> extracts = new LinkedHashSet<>();
        final Set<FindQuery> finds = new LinkedHashSet<>();
        final Map<RemoteRef, ReadOutcome<SecretValue>> values = new HashMap<>();
        final Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> maps = new HashMap<>();
        final Map<FindQuery, ReadOutcome<Map<String, SecretValue>>> found = new HashMap<>();

        Questions ask(SecretClient client) throws InterruptedException {
            if (!extracts.isEmpty()) {
                maps.putAll(client.extract(extracts));
            }
            for (FindQuery query : finds) {
                found.put(query, client.find(query));
            }
            if (!refs.isEmpty()) {
                values.putAll(client.read(refs));
            }
            return this;
        }

        boolean isUnanswered() {
            return Stream.of(values, maps, found)
                    .flatMap(answers -> answers.values().stream())
                    .anyMatch(answer ->
                            answer instanceof ReadOutcome.Unavailable<?> away
                                    // One that says when to come back has answered.
                                    && away.retryAfter().isEmpty());
        }
    }

    /**
     * Reads all.
     *
     * @param stores the stores that the spec names, all of them
     */
    Reading read(ExternalSecretSpec spec, String namespace, Map<StoreKey, Store> stores)
            throws SyncException, InterruptedException {
        Map<StoreKey, Questions> questions = new LinkedHashMap<>();
        for (ExternalSecretDataFrom entry : spec.dataFrom()) {
            Questions asked = at(questions, spec, entry.sourceRef(), namespace);
            if (entry.extract() != null) {
                asked.extracts.add(ref(entry.extract()));
            } else if (entry.find() != null) {
                asked.finds.add(query(entry.find()));
            }
        }
        for (ExternalSecretData entry : spec.data()) {
            at(questions, spec, entry.sourceRef(), namespace).refs.add(ref(entry.remoteRef()));
        }
        for (Map.Entry<StoreKey, Questions> entry : questions.entrySet()) {
            Store store = stores.get(entry.getKey());
            if (store == null) {
                throw new IllegalStateException("no store " + entry.getKey());
            }
            try {
                if (sessions.use(store, namespace, entry.getValue()::ask).isUnanswered()) {
                    doubts.accept(store.key());
                }
            } catch (StoreProblemException e) {
                throw SyncException.passing(SyncException.READ, e.text());
            } catch (KubernetesClientException e) {
                throw e;
            } catch (RuntimeException | StackOverflowError e) {
                throw defect(store, e);
            }
        }
        return answers(spec, namespace, questions);
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

    /** The stores that a spec names. */
    static Set<StoreKey> stores(ExternalSecretSpec spec, String namespace) {
        Set<StoreKey> keys = new LinkedHashSet<>();
        spec.dataFrom().forEach(entry -> keys.add(store(spec, entry.sourceRef(), namespace)));
        spec.data().forEach(entry -> keys.add(store(spec, entry.sourceRef(), namespace)));
        keys.removeIf(key -> key.name().isEmpty());
        return keys;
    }

    private static Reading answers(
            ExternalSecretSpec spec, String namespace, Map<StoreKey, Questions> questions)
            throws SyncException {
        boolean retain = spec.target().deletionPolicy().equals(ExternalSecretTarget.RETAIN);
        List<String> missing = new ArrayList<>();
        Map<Integer, Map<String, SecretValue>> dataFrom = new HashMap<>();
        for (int i = 0; i < spec.dataFrom().size(); i++) {
            ExternalSecretDataFrom entry = spec.dataFrom().get(i);
            Questions asked = at(questions, spec, entry.sourceRef(), namespace);
            DataRemoteRef extract = entry.extract();
            ExternalSecretFind find = entry.find();
            Optional<Map<String, SecretValue>> read = Optional.empty();
            String field = "spec.dataFrom[" + i + "]";
            if (extract != null) {
                read =
                        accept(
                                asked.maps.get(ref(extract)),
                                field + ".extract",
                                field,
                                extract.key(),
                                retain,
                                missing);
            } else if (find != null) {
                read =
                        accept(
                                asked.found.get(query(find)),
                                field + ".find",
                                field,
                                "",
                                retain,
                                missing);
            }
            if (read.isPresent()) {
                dataFrom.put(i, read.get());
            }
        }
        Map<Integer, SecretValue> data = new HashMap<>();
        for (int i = 0; i < spec.data().size(); i++) {
            ExternalSecretData entry = spec.data().get(i);
            Questions asked = at(questions, spec, entry.sourceRef(), namespace);
            String field = "spec.data[" + i + "]";
            Optional<SecretValue> read =
                    accept(
                            asked.values.get(ref(entry.remoteRef())),
                            field,
                            field,
                            entry.remoteRef().key(),
                            retain,
                            missing);
            if (read.isPresent()) {
                data.put(i, read.get());
            }
        }
        return new Reading(new SecretBuilder.ReadValues(dataFrom, data), missing);
    }

    private static <T> Optional<T> accept(
            @Nullable ReadOutcome<T> outcome,
            String field,
            String entry,
            String key,
            boolean retain,
            List<String> missing)
            throws SyncException {
        String where = key.isEmpty() ? field : field + " (key: " + key + ")";
        return switch (outcome) {
            case null ->
                    throw SyncException.passing(
                            SyncException.READ,
                            "error processing %s, err: the provider gave no answer"
                                    .formatted(where));
            case ReadOutcome.Found<T> found -> Optional.of(found.value());
            case ReadOutcome.Missing<T> gone -> {
                if (retain) {
                    throw SyncException.passing(
                            SyncException.READ,
                            "error processing %s, err: Secret does not exist: %s"
                                    .formatted(where, gone.what()));
                }
                missing.add(
                        "secret does not exist at provider using %s%s"
                                .formatted(entry, key.isEmpty() ? "" : " (key=" + key + ")"));
                yield Optional.empty();
            }
            case ReadOutcome.Denied<T> denied -> throw failed(where, denied.reason());
            case ReadOutcome.Invalid<T> invalid -> throw failed(where, invalid.reason());
            case ReadOutcome.Unavailable<T> away ->
                    throw SyncException.passing(
                            SyncException.READ,
                            "error processing %s, err: %s".formatted(where, away.reason()),
                            away.retryAfter());
        };
    }

    private static SyncException failed(String where, String reason) {
        return SyncException.passing(
                SyncException.READ, "error processing %s, err: %s".formatted(where, reason));
    }

    private static Questions at(
            Map<StoreKey, Questions> questions,
            ExternalSecretSpec spec,
            @Nullable SourceRef source,
            String namespace) {
        return questions.computeIfAbsent(store(spec, source, namespace), key -> new Questions());
    }

    private static StoreKey store(
            ExternalSecretSpec spec, @Nullable SourceRef source, String namespace) {
        StoreRef own = source == null ? null : source.storeRef();
        StoreRef ref = own == null ? spec.secretStoreRef() : own;
        return ref == null
                ? StoreKey.of("", "", namespace)
                : StoreKey.of(ref.kind(), ref.name(), namespace);
    }

    private static RemoteRef ref(DataRemoteRef ref) {
        return new RemoteRef(ref.key(), ref.property(), ref.version(), ref.fetchesMetadata());
    }

    private static FindQuery query(ExternalSecretFind find) {
        return new FindQuery(
                find.path(), find.name() == null ? "" : find.name().regexp(), find.tags());
    }
}

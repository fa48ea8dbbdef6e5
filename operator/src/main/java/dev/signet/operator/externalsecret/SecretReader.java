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
import dev.signet.operator.store.StoreKey;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an ExternalSecret asks for: all references to one store in one go, so that the
 * provider can share calls.
 *
 * <p>Only a backend's own word that a secret does not exist counts as missing; whatever else goes
 * wrong fails the sync.
 */
final class SecretReader {

    private final SourceReader source;

    SecretReader(SourceReader source) {
        this.source = source;
    }

    /**
     * What was read.
     *
     * @param missing a sentence for each entry whose secret does not exist, where the deletion
     *     policy lets that pass
     * @param substitutes who served in the place of stores that could not
     */
    record Reading(
            SecretBuilder.ReadValues values, List<String> missing, List<Substitute> substitutes) {

        /**
         * Whether the backend has none of what was asked for, by its own word and not by that of a
         * fallback. Only then may a target be deleted.
         */
        boolean isAllGone(ExternalSecretSpec spec) {
            return substitutes.isEmpty()
                    && values.data().isEmpty()
                    && values.dataFrom().entrySet().stream()
                            .allMatch(entry ->
                                    entry.getValue().isEmpty()
                                            && spec.dataFrom().get(entry.getKey()).find() != null);
        }
    }

    /**
     * Reads all.
     *
     * @param sources the stores that the spec names, all of them
     */
    Reading read(ExternalSecretSpec spec, Map<StoreKey, Source> sources, SourceReader.Reader reader)
            throws SyncException, InterruptedException {
        String namespace = reader.key().namespace();
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
        List<Substitute> substitutes = new ArrayList<>();
        for (Map.Entry<StoreKey, Questions> entry : questions.entrySet()) {
            Source from = sources.get(entry.getKey());
            if (from == null) {
                throw new IllegalStateException("no store " + entry.getKey());
            }
            SourceReader.Answers answers = source.ask(from, entry.getValue(), reader);
            entry.setValue(answers.questions());
            if (answers.substitute() != null) {
                substitutes.add(answers.substitute());
            }
        }
        return answers(spec, namespace, questions, substitutes);
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
            ExternalSecretSpec spec,
            String namespace,
            Map<StoreKey, Questions> questions,
            List<Substitute> substitutes)
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
        return new Reading(new SecretBuilder.ReadValues(dataFrom, data), missing, substitutes);
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

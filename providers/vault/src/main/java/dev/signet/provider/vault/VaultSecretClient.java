package dev.signet.provider.vault;

import dev.signet.api.store.VaultProvider;
import dev.signet.http.Reach;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreContext;
import dev.signet.provider.StoreHealth;
import dev.signet.provider.vault.KvPaths.PathException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One session with a Vault: sorts references into calls, and answers into outcomes. */
final class VaultSecretClient implements SecretClient {

    private final VaultConnection connection;
    private final VaultSession session;
    private final KvReader reader;
    private final KvPaths paths;
    private final Batch batch;
    private final Finder finder;
    private final Retries retries;

    VaultSecretClient(VaultProvider spec, StoreContext context, Surroundings surroundings) {
        this.connection =
                new VaultConnection(
                        spec, context.references(), Reach.ofStores(context.localEndpoints()));
        this.session =
                new VaultSession(
                        new TokenService(spec, context, connection, surroundings),
                        connection,
                        context);
        this.reader = new KvReader(spec, context, connection, session);
        this.paths = new KvPaths(spec);
        this.batch = new Batch(connection);
        this.finder = new Finder(paths, reader, batch);
        this.retries = new Retries(context.retry());
    }

    @Override
    public Map<RemoteRef, ReadOutcome<SecretValue>> read(Set<RemoteRef> refs)
            throws InterruptedException {
        AnswerRoom room = new AnswerRoom();
        return each(
                refs,
                (content, property, name) -> room.keep(KvValues.value(content, property, name)));
    }

    @Override
    public Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> extract(Set<RemoteRef> refs)
            throws InterruptedException {
        AnswerRoom room = new AnswerRoom();
        return each(
                refs,
                (content, property, name) -> {
                    var extracted = KvValues.extract(content, property, name);
                    return extracted
                                    instanceof
                                    ReadOutcome.Found<Map<String, SecretValue>>(var values)
                            ? room.keep(extracted, values.values())
                            : extracted;
                });
    }

    @Override
    public ReadOutcome<Map<String, SecretValue>> find(FindQuery query) throws InterruptedException {
        try {
            ReadOutcome<Held> token = retries.run(session::token);
            return token instanceof ReadOutcome.Found<Held>
                    ? finder.find(query)
                    : token.withoutValue();
        } catch (RuntimeException e) {
            return Outcomes.unexpected(e);
        }
    }

    @Override
    public StoreHealth validate() throws InterruptedException {
        try {
            return health();
        } catch (RuntimeException e) {
            return new StoreHealth.Unusable(Outcomes.reason(Outcomes.unexpected(e)));
        }
    }

    private StoreHealth health() throws InterruptedException {
        ReadOutcome<Held> accepted = retries.run(session::verify);
        if (!(accepted instanceof ReadOutcome.Found<Held>)) {
            return new StoreHealth.Unusable(Outcomes.reason(accepted));
        }
        Optional<String> problem =
                paths.mount().isEmpty()
                        ? Optional.empty()
                        : reader.mountProblem(new KvLocation(paths.mount(), ""));
        return problem.isPresent()
                ? new StoreHealth.Unusable(problem.get())
                : new StoreHealth.Valid();
    }

    @Override
    public void close() {
        session.close();
    }

    private <T> Map<RemoteRef, ReadOutcome<T>> each(Set<RemoteRef> refs, Pick<T> pick)
            throws InterruptedException {
        try {
            return grouped(refs, pick);
        } catch (RuntimeException e) {
            Map<RemoteRef, ReadOutcome<T>> outcomes = new LinkedHashMap<>();
            refs.forEach(ref -> outcomes.put(ref, Outcomes.unexpected(e)));
            return outcomes;
        }
    }

    /** One read for all references to the same version of the same secret. */
    private <T> Map<RemoteRef, ReadOutcome<T>> grouped(Set<RemoteRef> refs, Pick<T> pick)
            throws InterruptedException {
        Map<RemoteRef, ReadOutcome<T>> outcomes = new LinkedHashMap<>();
        Map<RemoteRef, Source> sources = new LinkedHashMap<>();
        for (RemoteRef ref : refs) {
            switch (source(ref)) {
                case ReadOutcome.Found<Source>(Source source) -> sources.put(ref, source);
                case ReadOutcome<Source> invalid -> outcomes.put(ref, invalid.withoutValue());
            }
        }
        if (sources.isEmpty()) {
            return outcomes;
        }
        ReadOutcome<Held> token = retries.run(session::token);
        if (!(token instanceof ReadOutcome.Found<Held>)) {
            sources.keySet().forEach(ref -> outcomes.put(ref, token.withoutValue()));
            return outcomes;
        }
        Map<Source, List<RemoteRef>> wanted = new LinkedHashMap<>();
        sources.forEach(
                (ref, source) -> wanted.computeIfAbsent(source, _ -> new ArrayList<>()).add(ref));
        // Picked at once: the contents of all sources may be too much to hold.
        Map<RemoteRef, ReadOutcome<T>> picked = new ConcurrentHashMap<>();
        var ends =
                batch.all(
                        wanted.keySet(),
                        source -> {
                            var content = fetch(source);
                            wanted.getOrDefault(source, List.of())
                                    .forEach(ref -> picked.put(ref, picked(content, ref, pick)));
                            return Outcomes.then(content, found -> new ReadOutcome.Found<>(true));
                        });
        // A source that was not asked has but its own outcome.
        sources.forEach(
                (ref, source) -> outcomes.put(ref, outcome(picked.get(ref), ends.get(source))));
        return outcomes;
    }

    private static <T> ReadOutcome<T> outcome(
            @Nullable ReadOutcome<T> picked, @Nullable ReadOutcome<Boolean> end) {
        if (picked != null) {
            return picked;
        }
        if (end == null) {
            throw new IllegalStateException("each source has been read");
        }
        return end.withoutValue();
    }

    private static <T> ReadOutcome<T> picked(
            ReadOutcome<JsonObject> content, RemoteRef ref, Pick<T> pick) {
        return Outcomes.then(content, found -> pick.from(found, ref.property(), ref.key()));
    }

    private ReadOutcome<Source> source(RemoteRef ref) {
        if (ref.metadata() && paths.version() == KvVersion.V1) {
            return new ReadOutcome.Invalid<>(
                    "key '%s': KV v1 keeps no metadata to fetch".formatted(ref.key()));
        }
        try {
            // Metadata is that of all versions.
            String version = ref.metadata() ? "" : ref.version();
            return new ReadOutcome.Found<>(
                    new Source(paths.secret(ref.key()), version, ref.metadata()));
        } catch (PathException e) {
            return new ReadOutcome.Invalid<>(e.text());
        }
    }

    private ReadOutcome<JsonObject> fetch(Source source) throws InterruptedException {
        return source.metadata()
                ? reader.metadata(source.at())
                : reader.data(source.at(), source.version());
    }

    /** What a reference picks from a content. */
    @FunctionalInterface
    private interface Pick<T> {
        ReadOutcome<T> from(JsonObject content, String property, String name);
    }

    private record Source(KvLocation at, String version, boolean metadata) {}
}

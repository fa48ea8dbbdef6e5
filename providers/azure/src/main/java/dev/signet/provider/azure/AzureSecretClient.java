package dev.signet.provider.azure;

import dev.signet.api.store.AzureKvProvider;
import dev.signet.http.Reach;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreContext;
import dev.signet.provider.StoreHealth;
import dev.signet.provider.azure.RemoteObject.KeyException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One session with a vault: sorts references into calls, and answers into outcomes. */
final class AzureSecretClient implements SecretClient {

    private final Http http;
    private final TokenSession tokens;
    private final VaultReader reader;
    private final Batch batch;
    private final Finder finder;

    AzureSecretClient(AzureKvProvider spec, StoreContext context, Surroundings surroundings) {
        URI vault = vault(spec.vaultUrl());
        this.http = new Http(surroundings, Reach.ofStores(context.localEndpoints()));
        LoginMethod method =
                new LoginMethod(
                        spec,
                        Cloud.of(spec),
                        context.references(),
                        context.clock(),
                        surroundings.identityService());
        LoginService login =
                new LoginService(
                        method,
                        http,
                        new AzureCalls(context.calls()),
                        context.clock(),
                        surroundings.callLimit());
        this.tokens = new TokenSession(login, context.clock());
        VaultConnection connection = new VaultConnection(vault, tokens, context.clock(), http);
        VaultCalls calls =
                new VaultCalls(vault, connection, tokens, context, surroundings.callLimit());
        this.reader = new VaultReader(connection, calls, context);
        this.batch = new Batch(calls);
        this.finder = new Finder(reader, batch);
    }

    @Override
    public Map<RemoteRef, ReadOutcome<SecretValue>> read(Set<RemoteRef> refs)
            throws InterruptedException {
        AnswerRoom room = new AnswerRoom();
        return each(refs, (content, ref) -> room.keep(Values.value(content, ref)));
    }

    @Override
    public Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> extract(Set<RemoteRef> refs)
            throws InterruptedException {
        AnswerRoom room = new AnswerRoom();
        return each(
                refs,
                (content, ref) -> {
                    var extracted = Values.extract(content, ref);
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
            return finder.find(query);
        } catch (RuntimeException e) {
            return Outcomes.unexpected(e);
        }
    }

    @Override
    public StoreHealth validate() throws InterruptedException {
        ReadOutcome<Boolean> outcome;
        try {
            outcome = reader.verify();
        } catch (RuntimeException e) {
            outcome = Outcomes.unexpected(e);
        }
        return outcome instanceof ReadOutcome.Found<Boolean>
                ? new StoreHealth.Valid()
                : new StoreHealth.Unusable(Outcomes.reason(outcome));
    }

    @Override
    public void close() {
        tokens.close();
        http.close();
    }

    private static URI vault(String vaultUrl) {
        URI given =
                Cloud.address(vaultUrl)
                        .orElseThrow(
                                () -> new IllegalArgumentException("not the address of a vault"));
        return URI.create("https://" + given.getRawAuthority());
    }

    /** One read for all references to the same version of the same object. */
    private <T> Map<RemoteRef, ReadOutcome<T>> each(Set<RemoteRef> refs, Pick<T> pick)
            throws InterruptedException {
        Map<RemoteRef, ReadOutcome<T>> outcomes = new LinkedHashMap<>();
        Map<RemoteObject, List<RemoteRef>> wanted = new LinkedHashMap<>();
        for (RemoteRef ref : refs) {
            try {
                wanted.computeIfAbsent(RemoteObject.of(ref), _ -> new ArrayList<>()).add(ref);
            } catch (KeyException e) {
                outcomes.put(ref, new ReadOutcome.Invalid<>(e.text()));
            }
        }
        // Picked at once: the contents of all objects may be too much to hold.
        Map<RemoteRef, ReadOutcome<T>> picked = new ConcurrentHashMap<>();
        Map<RemoteObject, ReadOutcome<Boolean>> ends =
                batch.all(
                        wanted.keySet(),
                        object -> {
                            ReadOutcome<Content> content = content(object);
                            for (RemoteRef ref : wanted.getOrDefault(object, List.of())) {
                                picked.put(
                                        ref,
                                        Outcomes.then(content, found -> picked(found, ref, pick)));
                            }
                            return Outcomes.then(content, found -> new ReadOutcome.Found<>(true));
                        });
        wanted.forEach((object, asking) ->
                asking.forEach(
                        ref -> outcomes.put(ref, outcome(picked.get(ref), ends.get(object)))));
        return outcomes;
    }

    private ReadOutcome<Content> content(RemoteObject object) throws InterruptedException {
        try {
            return reader.read(object);
        } catch (RuntimeException e) {
            return Outcomes.unexpected(e);
        }
    }

    private static <T> ReadOutcome<T> picked(Content found, RemoteRef ref, Pick<T> pick) {
        try {
            return pick.from(found, ref);
        } catch (RuntimeException e) {
            return Outcomes.unexpected(e);
        }
    }

    /** An object that was not asked for has but the reason for that. */
    private static <T> ReadOutcome<T> outcome(
            @Nullable ReadOutcome<T> picked, @Nullable ReadOutcome<Boolean> end) {
        if (picked != null) {
            return picked;
        }
        if (end == null) {
            throw new IllegalStateException("each object has been read");
        }
        return end.withoutValue();
    }

    /** What a reference picks from a content. */
    @FunctionalInterface
    private interface Pick<T> {
        ReadOutcome<T> from(Content content, RemoteRef ref);
    }
}

package dev.signet.provider.kubernetes;

import dev.signet.api.store.KubernetesProvider;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Found;
import dev.signet.provider.ReadOutcome.Invalid;
import dev.signet.provider.ReadOutcome.Unavailable;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreContext;
import dev.signet.provider.StoreHealth;
import dev.signet.provider.kubernetes.KubernetesCalls.Call;
import dev.signet.rest.AnswerRoom;
import dev.signet.rest.Batch;
import dev.signet.rest.JsonObject;
import dev.signet.rest.Retries;
import dev.signet.rest.SecretObject;
import dev.signet.rest.SecretParts;
import dev.signet.rest.Wire;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One session with an API server: one call for each Secret, however much of it is wanted. */
final class KubernetesSecretClient implements SecretClient {

    private final String namespace;
    private final Wire<Access> wire;
    private final ApiServer server;
    private final Batch batch;
    private final Retries retries;

    KubernetesSecretClient(KubernetesProvider spec, StoreContext context) {
        this.namespace = spec.remoteNamespace();
        this.wire = new Wire<>(new AccessReader(spec, context)::read);
        this.server = new ApiServer(wire, context);
        this.batch = new Batch(wire);
        this.retries = new Retries(context.retry());
    }

    @Override
    public Map<RemoteRef, ReadOutcome<SecretValue>> read(Set<RemoteRef> refs)
            throws InterruptedException {
        return each(refs, SecretParts::value, List::of);
    }

    @Override
    public Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> extract(Set<RemoteRef> refs)
            throws InterruptedException {
        return each(refs, SecretParts::extract, Map::values);
    }

    @Override
    public ReadOutcome<Map<String, SecretValue>> find(FindQuery query) throws InterruptedException {
        try {
            return new Finder(server, retries, namespace).find(query);
        } catch (RuntimeException e) {
            return unexpected(e);
        }
    }

    @Override
    public StoreHealth validate() throws InterruptedException {
        try {
            return new Rights(server, namespace).check();
        } catch (RuntimeException e) {
            return new StoreHealth.Unusable(problem(e));
        }
    }

    @Override
    public void close() {
        wire.close();
    }

    private <T> Map<RemoteRef, ReadOutcome<T>> each(
            Set<RemoteRef> refs,
            BiFunction<SecretObject, RemoteRef, ReadOutcome<T>> pick,
            Function<T, Collection<SecretValue>> values)
            throws InterruptedException {
        Map<RemoteRef, ReadOutcome<T>> outcomes = new LinkedHashMap<>();
        try {
            AnswerRoom room = new AnswerRoom();
            Map<String, List<RemoteRef>> wanted =
                    refs.stream()
                            .collect(
                                    Collectors.groupingBy(
                                            RemoteRef::key,
                                            LinkedHashMap::new,
                                            Collectors.toList()));
            // Picked at once: the Secrets may be too much to hold together.
            Map<String, ReadOutcome<Map<RemoteRef, ReadOutcome<T>>>> byKey =
                    batch.all(
                            wanted.keySet(),
                            key -> {
                                var secret = retries.run(() -> secret(key));
                                if (!(secret instanceof Found<SecretObject>(var object))) {
                                    return secret.withoutValue();
                                }
                                Map<RemoteRef, ReadOutcome<T>> picked = new LinkedHashMap<>();
                                for (RemoteRef ref : wanted.getOrDefault(key, List.of())) {
                                    picked.put(ref, kept(pick.apply(object, ref), values, room));
                                }
                                return new Found<>(picked);
                            });
            for (RemoteRef ref : refs) {
                outcomes.put(ref, outcome(ref, byKey.get(ref.key())));
            }
        } catch (RuntimeException e) {
            refs.forEach(ref -> outcomes.put(ref, unexpected(e)));
        }
        return outcomes;
    }

    private static <T> ReadOutcome<T> outcome(
            RemoteRef ref, @Nullable ReadOutcome<Map<RemoteRef, ReadOutcome<T>>> ofKey) {
        return Objects.requireNonNull(ofKey)
                        instanceof Found<Map<RemoteRef, ReadOutcome<T>>>(var picked)
                ? Objects.requireNonNull(picked.get(ref))
                : ofKey.withoutValue();
    }

    private static <T> ReadOutcome<T> kept(
            ReadOutcome<T> outcome, Function<T, Collection<SecretValue>> values, AnswerRoom room) {
        return outcome instanceof Found<T>(T found)
                ? room.keep(outcome, values.apply(found))
                : outcome;
    }

    private ReadOutcome<SecretObject> secret(String name) throws InterruptedException {
        if (!Names.isSubdomain(name)) {
            return new Invalid<>(
                    "key '%s' cannot be the name of a Secret".formatted(shortened(name)));
        }
        String what = "Secret '%s' in namespace '%s'".formatted(name, namespace);
        var answer =
                server.get(
                        Call.GET_SECRET,
                        "/api/v1/namespaces/%s/secrets/%s".formatted(namespace, name),
                        what);
        return answer instanceof Found<JsonObject>(JsonObject body)
                ? SecretObject.of(body.members())
                        .filter(secret -> secret.name().equals(name))
                        .<ReadOutcome<SecretObject>>map(Found::new)
                        .orElseGet(() -> new Unavailable<>(what + " is not what the server sent"))
                : answer.withoutValue();
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }

    /** A defect that an answer brought to light; its text may hold a part of the answer. */
    private static <T> ReadOutcome<T> unexpected(RuntimeException e) {
        return new Unavailable<>(problem(e));
    }

    private static String problem(RuntimeException e) {
        return "the API server's answer cannot be used (%s)"
                .formatted(e.getClass().getSimpleName());
    }
}

package dev.signet.provider.webhook;

import dev.signet.api.store.WebhookProvider;
import dev.signet.api.store.WebhookSecret;
import dev.signet.http.HttpAnswer;
import dev.signet.http.HttpCall;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Found;
import dev.signet.provider.ReadOutcome.Invalid;
import dev.signet.provider.ReadOutcome.Unavailable;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreContext;
import dev.signet.provider.StoreHealth;
import dev.signet.rest.AnswerRoom;
import dev.signet.rest.Batch;
import dev.signet.rest.Pem;
import dev.signet.rest.Retries;
import dev.signet.rest.Tls;
import dev.signet.rest.TlsMaterial;
import dev.signet.rest.Wire;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One session with a webhook: one call for each request that differs. */
final class WebhookSecretClient implements SecretClient {

    /** A Kubernetes Secret holds 1 MiB. */
    static final int MAX_ANSWER = 2 << 20;

    static final String LABEL = "external-secrets.io/type";
    static final String LABEL_VALUE = "webhook";

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** A reader holds a worker while it waits. */
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(1);

    private final WebhookProvider spec;
    private final StoreContext context;
    private final Templates templates;
    private final Wire<Endpoint> wire;
    private final Batch batch;
    private final Retries retries;

    WebhookSecretClient(WebhookProvider spec, StoreContext context) {
        this.spec = spec;
        this.context = context;
        try {
            this.templates = Templates.of(spec);
        } catch (TemplateException e) {
            throw new IllegalArgumentException(e.text(), e);
        }
        this.wire = new Wire<>(this::endpoint);
        this.batch = new Batch(wire);
        this.retries = new Retries(context.retry());
    }

    @Override
    public Map<RemoteRef, ReadOutcome<SecretValue>> read(Set<RemoteRef> refs)
            throws InterruptedException {
        return each(refs, Results::value, List::of);
    }

    @Override
    public Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> extract(Set<RemoteRef> refs)
            throws InterruptedException {
        return each(refs, Results::members, Map::values);
    }

    /** Not possible: an endpoint gives what it is asked for by key. */
    @Override
    public ReadOutcome<Map<String, SecretValue>> find(FindQuery query) {
        return new Invalid<>("a webhook cannot be searched: use data or dataFrom.extract");
    }

    /** Whether the Secrets may be used and the server answers; the templates are not sent. */
    @Override
    public StoreHealth validate() throws InterruptedException {
        try {
            secrets();
            var answer =
                    send(new HttpCall("HEAD", "/", List.of(), new byte[0], MAX_ANSWER), "HEAD /");
            return answer instanceof Found<?>
                    ? new StoreHealth.Valid()
                    : new StoreHealth.Unusable(StatusRules.reason(answer));
        } catch (ReferenceException e) {
            return new StoreHealth.Unusable(e.text());
        } catch (RuntimeException e) {
            return new StoreHealth.Unusable(problem(e));
        }
    }

    @Override
    public void close() {
        wire.close();
    }

    private Endpoint endpoint()
            throws ReferenceException, InterruptedException, GeneralSecurityException {
        var address = templates.url().server();
        Duration patience =
                spec.timeout().isEmpty() ? TIMEOUT : SpecCheck.timeout(spec, MAX_TIMEOUT);
        Pem trust =
                Tls.trust(Templates.SPEC, spec.caBundle(), spec.caProvider(), context.references());
        return new Endpoint(
                address, Wire.origin(address, patience, TlsMaterial.trusting(trust), context));
    }

    private Map<String, Map<String, SecretValue>> secrets()
            throws ReferenceException, InterruptedException {
        Map<String, Map<String, SecretValue>> secrets = new TreeMap<>();
        for (WebhookSecret secret : spec.secrets()) {
            secrets.computeIfAbsent(secret.name(), _ -> new TreeMap<>())
                    .putAll(
                            context.references()
                                    .readMarked(SpecCheck.reference(secret), LABEL, LABEL_VALUE));
        }
        return secrets;
    }

    private <T> Map<RemoteRef, ReadOutcome<T>> each(
            Set<RemoteRef> refs, Pick<T> pick, Function<T, Collection<SecretValue>> values)
            throws InterruptedException {
        Map<RemoteRef, ReadOutcome<T>> outcomes = new LinkedHashMap<>();
        if (refs.isEmpty()) {
            return outcomes;
        }
        try {
            asked(new RequestMaker(templates, secrets()), refs, pick, values, outcomes);
        } catch (ReferenceException e) {
            refs.forEach(ref -> outcomes.put(ref, e.outcome()));
        } catch (RuntimeException e) {
            refs.forEach(ref -> outcomes.put(ref, new Unavailable<>(problem(e))));
        }
        return outcomes;
    }

    private <T> void asked(
            RequestMaker maker,
            Set<RemoteRef> refs,
            Pick<T> pick,
            Function<T, Collection<SecretValue>> values,
            Map<RemoteRef, ReadOutcome<T>> outcomes)
            throws InterruptedException {
        AnswerRoom room = new AnswerRoom();
        Map<Request, List<RemoteRef>> wanted = new LinkedHashMap<>();
        for (RemoteRef ref : refs) {
            try {
                wanted.computeIfAbsent(maker.request(ref), _ -> new ArrayList<>()).add(ref);
            } catch (TemplateException e) {
                outcomes.put(ref, invalid(ref, e));
            }
        }
        // Picked at once: the answers may be too much to hold together.
        Map<Request, ReadOutcome<Map<RemoteRef, ReadOutcome<T>>>> answers =
                batch.all(
                        wanted.keySet(),
                        request -> {
                            List<RemoteRef> same = wanted.getOrDefault(request, List.of());
                            var answer = retries.run(() -> fetch(request, same.getFirst()));
                            if (!(answer instanceof Found<HttpAnswer>(HttpAnswer found))) {
                                return answer.withoutValue();
                            }
                            Map<RemoteRef, ReadOutcome<T>> picked = new LinkedHashMap<>();
                            for (RemoteRef ref : same) {
                                picked.put(ref, picked(maker, found, ref, pick, values, room));
                            }
                            return new Found<>(picked);
                        });
        wanted.forEach((request, same) ->
                same.forEach(ref -> outcomes.put(ref, outcome(ref, answers.get(request)))));
    }

    private static <T> ReadOutcome<T> outcome(
            RemoteRef ref, @Nullable ReadOutcome<Map<RemoteRef, ReadOutcome<T>>> all) {
        return Objects.requireNonNull(all)
                        instanceof Found<Map<RemoteRef, ReadOutcome<T>>>(var picked)
                ? Objects.requireNonNull(picked.get(ref))
                : all.withoutValue();
    }

    private static <T> ReadOutcome<T> picked(
            RequestMaker maker,
            HttpAnswer answer,
            RemoteRef ref,
            Pick<T> pick,
            Function<T, Collection<SecretValue>> values,
            AnswerRoom room) {
        try {
            T value = pick.from(answer.body(), maker.jsonPath(ref));
            return room.keep(new Found<>(value), values.apply(value));
        } catch (TemplateException e) {
            return invalid(ref, e);
        }
    }

    private ReadOutcome<HttpAnswer> fetch(Request request, RemoteRef ref)
            throws InterruptedException {
        String what = what(ref);
        var outcome =
                new Redirects(templates.url().server())
                        .follow(request, each -> send(each.call(), what));
        ReadOutcome<HttpAnswer> judged =
                outcome instanceof Found<HttpAnswer>(HttpAnswer answer)
                        ? StatusRules.outcome(
                                answer, "the webhook at " + templates.url().server(), what)
                        : outcome;
        context.calls()
                .ended(
                        "Webhook",
                        "HTTPRequest",
                        judged instanceof Found<?> || judged instanceof ReadOutcome.Missing<?>);
        return judged;
    }

    private ReadOutcome<HttpAnswer> send(HttpCall call, String what) throws InterruptedException {
        return switch (wire.end()) {
            case Found<Endpoint>(Endpoint end) -> wire.send(end, call, what);
            case ReadOutcome<Endpoint> failed -> failed.withoutValue();
        };
    }

    private static String what(RemoteRef ref) {
        String key = ref.key();
        return "key '%s'".formatted(key.length() <= 300 ? key : key.substring(0, 300) + "...");
    }

    private static <T> ReadOutcome<T> invalid(RemoteRef ref, TemplateException e) {
        return new Invalid<>(what(ref) + ": " + e.text());
    }

    /** A defect that an answer brought to light; its text may hold a part of the answer. */
    private static String problem(RuntimeException e) {
        return "the answer of the webhook cannot be used (%s)"
                .formatted(e.getClass().getSimpleName());
    }

    /** What a reference picks from an answer, with its JSONPath. */
    @FunctionalInterface
    private interface Pick<T> {
        T from(byte[] answer, String path) throws TemplateException;
    }
}

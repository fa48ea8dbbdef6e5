package dev.signet.provider.aws;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.signet.api.store.AwsProvider;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RegexpLimits;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreContext;
import dev.signet.provider.StoreHealth;
import dev.signet.provider.aws.Backend.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One session with AWS: sorts references into reads, and what is read into values. */
final class AwsSecretClient implements SecretClient {

    private final Wire wire;
    private final AwsSession session;
    private final Backend backend;
    private final IdentityCheck check;

    private AwsSecretClient(Wire wire, AwsSession session, Backend backend, IdentityCheck check) {
        this.wire = wire;
        this.session = session;
        this.backend = backend;
        this.check = check;
    }

    /** Opens a session; does no I/O. */
    static AwsSecretClient open(AwsProvider spec, StoreContext context, Surroundings around) {
        Wire wire = new Wire(spec.region(), around, context.calls());
        ErrorRules rules = new ErrorRules(spec.region());
        Sts sts = new Sts(wire, rules);
        Login login = new Login(spec, context, sts, new Ambient(wire, around, context.clock()));
        AwsSession session = new AwsSession(login, context);
        Caller caller = new Caller(wire, session, rules, context.retry());
        BatchPermission permission = new BatchPermission(context.clock());
        Lanes lanes = new Lanes();
        Backend backend =
                spec.service().equals("ParameterStore")
                        ? new ParameterStore(wire, caller, lanes, permission, spec.prefix())
                        : new SecretsManager(wire, caller, lanes, permission, spec.prefix());
        IdentityCheck check = new IdentityCheck(spec, login, session, sts, around, context.clock());
        return new AwsSecretClient(wire, session, backend, check);
    }

    @Override
    public Map<RemoteRef, ReadOutcome<SecretValue>> read(Set<RemoteRef> refs)
            throws InterruptedException {
        AnswerRoom room = new AnswerRoom();
        return each(
                refs,
                (content, ref) -> {
                    var picked = Values.value(content, ref.property(), ref.key());
                    return picked instanceof ReadOutcome.Found<SecretValue>(SecretValue value)
                            ? room.keep(picked, List.of(value))
                            : picked;
                });
    }

    @Override
    public Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> extract(Set<RemoteRef> refs)
            throws InterruptedException {
        AnswerRoom room = new AnswerRoom();
        return each(
                refs,
                (content, ref) -> {
                    var members = Values.extract(content, ref.property(), ref.key());
                    return members
                                    instanceof
                                    ReadOutcome.Found<Map<String, SecretValue>>(var values)
                            ? room.keep(members, values.values())
                            : members;
                });
    }

    @Override
    public ReadOutcome<Map<String, SecretValue>> find(FindQuery query) throws InterruptedException {
        Optional<String> problem = RegexpLimits.problem(query.nameRegexp());
        if (problem.isPresent()) {
            return new ReadOutcome.Invalid<>("find.name.regexp is too large: " + problem.get());
        }
        try {
            return backend.find(query, Pattern.compile(query.nameRegexp()));
        } catch (PatternSyntaxException e) {
            return new ReadOutcome.Invalid<>(
                    "find.name.regexp '%s' is no RE2 expression".formatted(query.nameRegexp()));
        } catch (RuntimeException e) {
            return Outcomes.unexpected(e);
        }
    }

    @Override
    public StoreHealth validate() throws InterruptedException {
        try {
            return check.health();
        } catch (RuntimeException e) {
            return new StoreHealth.Unusable(Outcomes.reason(Outcomes.unexpected(e)));
        }
    }

    @Override
    public void close() {
        session.close();
        wire.close();
    }

    private <T> Map<RemoteRef, ReadOutcome<T>> each(Set<RemoteRef> refs, Pick<T> pick)
            throws InterruptedException {
        Map<RemoteRef, ReadOutcome<T>> outcomes = new LinkedHashMap<>();
        Map<RemoteRef, Source> sources = new LinkedHashMap<>();
        Map<Source, CompletableFuture<ReadOutcome<SecretValue>>> running = new LinkedHashMap<>();
        for (RemoteRef ref : refs) {
            switch (backend.source(ref)) {
                case ReadOutcome.Found<Source>(Source source) -> {
                    sources.put(ref, source);
                    running.computeIfAbsent(source, backend::read);
                }
                case ReadOutcome<Source> invalid -> outcomes.put(ref, invalid.withoutValue());
            }
        }
        Map<Source, ReadOutcome<SecretValue>> contents = Lanes.awaited(running);
        sources.forEach((ref, source) -> outcomes.put(ref, picked(contents, source, ref, pick)));
        return outcomes;
    }

    private static <T> ReadOutcome<T> picked(
            Map<Source, ReadOutcome<SecretValue>> contents,
            Source source,
            RemoteRef ref,
            Pick<T> pick) {
        ReadOutcome<SecretValue> content = contents.get(source);
        if (content == null) {
            throw new IllegalStateException("each source has been read");
        }
        try {
            return Outcomes.then(content, found -> pick.from(found, ref));
        } catch (RuntimeException e) {
            return Outcomes.unexpected(e);
        }
    }

    /** What a reference picks from a content. */
    @FunctionalInterface
    private interface Pick<T> {
        ReadOutcome<T> from(SecretValue content, RemoteRef ref);
    }
}

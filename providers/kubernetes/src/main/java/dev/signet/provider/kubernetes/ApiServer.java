package dev.signet.provider.kubernetes;

import dev.signet.http.HttpAnswer;
import dev.signet.http.HttpCall;
import dev.signet.http.HttpField;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Found;
import dev.signet.provider.ReadOutcome.Invalid;
import dev.signet.provider.StoreContext;
import dev.signet.provider.kubernetes.KubernetesCalls.Call;
import dev.signet.rest.JsonObject;
import dev.signet.rest.Wire;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Asks the API server, with a credential that is read anew when it is refused or due. */
final class ApiServer {

    /** A Secret holds 1 MiB, in base64, besides its metadata. */
    static final int MAX_ANSWER = 4 << 20;

    private static final byte[] NOTHING = new byte[0];

    private final Wire<Access> wire;
    private final KubernetesCalls calls;
    private final Clock clock;

    ApiServer(Wire<Access> wire, StoreContext context) {
        this.wire = wire;
        this.calls = new KubernetesCalls(context.calls());
        this.clock = context.clock();
    }

    /** Gets {@code target}, a path below the server's address that needs no more encoding. */
    ReadOutcome<JsonObject> get(Call call, String target, String what) throws InterruptedException {
        return counted(call, new Question("GET", target, NOTHING, MAX_ANSWER, what));
    }

    /** As {@link #get}, with room for that many bytes. */
    ReadOutcome<JsonObject> list(String target, int maxAnswer, String what)
            throws InterruptedException {
        return counted(Call.LIST_SECRETS, new Question("GET", target, NOTHING, maxAnswer, what));
    }

    /** Posts JSON to {@code target}. */
    ReadOutcome<JsonObject> post(Call call, String target, byte[] json, String what)
            throws InterruptedException {
        return counted(call, new Question("POST", target, json, MAX_ANSWER, what));
    }

    private ReadOutcome<JsonObject> counted(Call call, Question question)
            throws InterruptedException {
        var outcome = ask(question);
        calls.ended(call, outcome);
        return outcome;
    }

    private ReadOutcome<JsonObject> ask(Question question) throws InterruptedException {
        ReadOutcome<Access> access = access();
        if (!(access instanceof Found<Access>(Access end))) {
            return access.withoutValue();
        }
        ReadOutcome<HttpAnswer> answer = send(end, question);
        if (!refused(answer) || end.isRefused(clock.instant())) {
            return judged(answer, end, question);
        }
        // The credential may have been replaced: it is read again, once for all readers.
        wire.forget(end);
        ReadOutcome<Access> anew = access();
        if (!(anew instanceof Found<Access>(Access next))) {
            return anew.withoutValue();
        }
        if (!next.showsSameToken(end)) {
            answer = send(next, question);
        }
        if (refused(answer)) {
            next.refusedAt(clock.instant());
        }
        return judged(answer, next, question);
    }

    private ReadOutcome<Access> access() throws InterruptedException {
        ReadOutcome<Access> access = wire.end();
        if (access instanceof Found<Access>(Access end) && end.due(clock.instant())) {
            wire.forget(end);
            return wire.end();
        }
        return access;
    }

    private ReadOutcome<HttpAnswer> send(Access end, Question question)
            throws InterruptedException {
        List<HttpField> fields = new ArrayList<>();
        try {
            fields.addAll(end.credentials());
        } catch (IllegalArgumentException e) {
            return new Invalid<>("the token for %s is none".formatted(end.server()));
        }
        fields.add(new HttpField("Accept", "application/json"));
        if (question.body().length > 0) {
            fields.add(new HttpField("Content-Type", "application/json"));
        }
        return wire.send(
                end,
                new HttpCall(
                        question.method(),
                        end.path() + question.target(),
                        fields,
                        question.body(),
                        question.maxAnswer()),
                question.what());
    }

    private static boolean refused(ReadOutcome<HttpAnswer> answer) {
        return answer instanceof Found<HttpAnswer>(HttpAnswer found) && found.status() == 401;
    }

    private static ReadOutcome<JsonObject> judged(
            ReadOutcome<HttpAnswer> answer, Access end, Question question) {
        return answer instanceof Found<HttpAnswer>(HttpAnswer found)
                ? StatusRules.outcome(found, end.server(), question.what())
                : answer.withoutValue();
    }

    @SuppressWarnings("ArrayRecordComponent") // Nobody compares questions.
    private record Question(
            String method, String target, byte[] body, int maxAnswer, String what) {}
}

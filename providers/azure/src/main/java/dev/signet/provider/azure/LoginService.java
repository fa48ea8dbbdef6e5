package dev.signet.provider.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.Context;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReferenceException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Gets tokens over HTTP. */
final class LoginService implements TokenSession.Login {

    private static final HttpHeaderName METADATA = HttpHeaderName.fromString("Metadata");

    private final LoginMethod method;
    private final Http http;
    private final AzureCalls calls;
    private final Clock clock;
    private final Duration limit;
    private final Pause pause;
    private final AtomicLong generations = new AtomicLong();

    LoginService(LoginMethod method, Http http, AzureCalls calls, Clock clock, Duration limit) {
        this.method = method;
        this.http = http;
        this.calls = calls;
        this.clock = clock;
        this.limit = limit;
        this.pause = new Pause(clock);
    }

    @Override
    public ReadOutcome<Token> run(@Nullable String claims) throws InterruptedException {
        var resting = pause.<Token>now();
        if (resting.isPresent()) {
            return resting.get();
        }
        LoginRequest request;
        try {
            request = method.request(claims);
        } catch (ReferenceException e) {
            return e.outcome();
        } catch (GeneralSecurityException e) {
            return new ReadOutcome.Invalid<>(String.valueOf(e.getMessage()));
        }
        return pause.after(calls.ended(AzureCalls.LOGIN, send(sent(request))));
    }

    private static HttpRequest sent(LoginRequest request) {
        return switch (request) {
            case LoginRequest.Form form ->
                    new HttpRequest(HttpMethod.POST, form.endpoint().toString())
                            .setHeader(
                                    HttpHeaderName.CONTENT_TYPE,
                                    "application/x-www-form-urlencoded")
                            .setHeader(HttpHeaderName.ACCEPT, "application/json")
                            .setBody(form.encoded());
            case LoginRequest.Machine machine ->
                    new HttpRequest(HttpMethod.GET, machine.endpoint().toString())
                            .setHeader(METADATA, "true");
        };
    }

    private ReadOutcome<Token> send(HttpRequest request) throws InterruptedException {
        try {
            BoundedAnswer answer =
                    Deadline.run(
                            () -> BoundedAnswer.read(http.client().sendSync(request, Context.NONE)),
                            limit);
            return LoginRules.outcome(
                    answer.getStatusCode(),
                    answer.body(),
                    RetryAfter.of(
                            answer.getHeaders().getValue(HttpHeaderName.RETRY_AFTER),
                            clock.instant()),
                    method.service(),
                    method.isMachine(),
                    clock.instant(),
                    generations.incrementAndGet());
        } catch (TimeoutException | ExecutionException e) {
            return new ReadOutcome.Unavailable<>(
                    "the login at %s cannot be reached: %s%s"
                            .formatted(
                                    method.service(),
                                    Causes.reason(e),
                                    method.isMachine()
                                            ? "; are the nodes in Azure, and may pods reach it?"
                                            : ""));
        }
    }
}

package dev.signet.provider.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.signet.api.store.VaultAuth;
import dev.signet.api.store.VaultProvider;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.StoreContext;
import dev.signet.provider.vault.VaultCalls.Call;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.vault.authentication.TokenAuthentication;
import org.springframework.vault.support.VaultToken;
import org.springframework.web.client.RestClientResponseException;

/** The single steps in the life of a token, each one call; {@link VaultSession} decides on them. */
final class TokenService {

    private final VaultConnection connection;
    private final StoreContext context;
    private final LoginMethod method;
    private final String namespace;
    private final StatusRules rules;
    private final VaultCalls calls;
    private final CloudCalls clouds;
    private final Surroundings surroundings;
    private final AtomicLong generations = new AtomicLong();

    TokenService(
            VaultProvider spec,
            StoreContext context,
            VaultConnection connection,
            Surroundings surroundings) {
        this.connection = connection;
        this.context = context;
        this.method = LoginMethod.of(spec);
        this.namespace = namespace(spec);
        this.rules = new StatusRules(connection.server());
        this.calls = new VaultCalls(context.calls());
        this.clouds = new CloudCalls(context.calls());
        this.surroundings = surroundings;
    }

    LoginMethod method() {
        return method;
    }

    /** Obtains a token in the way of the spec, from credentials that are read now. */
    ReadOutcome<Held> obtain() throws InterruptedException {
        return switch (method) {
            case LoginMethod.None() -> new ReadOutcome.Found<>(foreign(null));
            case LoginMethod.GivenToken given -> given(given);
            case LoginMethod.Exchange exchange -> login(exchange);
        };
    }

    /** Renews a token. */
    ReadOutcome<Held> renew(Held held) throws InterruptedException {
        var outcome =
                rules.read(
                        connection.post("auth/token/renew-self", namespace, held.token()),
                        "the renewal of its token");
        calls.ended(Call.RENEW_SELF, outcome);
        return Outcomes.then(outcome, body -> renewed(held, body.object("auth")));
    }

    /** Asks whether the server knows a token; Found if so, Denied if not. */
    ReadOutcome<JsonObject> lookUp(Held held) throws InterruptedException {
        var outcome =
                rules.read(
                        connection.get("auth/token/lookup-self", namespace, held.token()),
                        "access with " + method.shown());
        calls.ended(Call.LOOKUP_SELF, outcome);
        return outcome;
    }

    /** Ends a token, if the server can be reached; tries once. */
    void revoke(Held held) throws InterruptedException {
        Reply reply = connection.post("auth/token/revoke-self", namespace, held.token());
        calls.ended(
                Call.REVOKE_SELF,
                reply instanceof Reply.Answer(int status, var body, var retryAfter)
                        && status < 300);
    }

    private ReadOutcome<Held> given(LoginMethod.GivenToken given) throws InterruptedException {
        try {
            String token = given.read(context.references());
            return token.isEmpty()
                    ? new ReadOutcome.Invalid<>(given.shown() + " is empty")
                    : new ReadOutcome.Found<>(foreign(new TokenAuthentication(token).login()));
        } catch (ReferenceException e) {
            return e.outcome();
        }
    }

    private ReadOutcome<Held> login(LoginMethod.Exchange exchange) throws InterruptedException {
        ReadOutcome<Held> outcome;
        try {
            if (exchange instanceof CertLogin) {
                connection.showCertificateAnew();
            }
            VaultToken token = exchange.login(tools());
            outcome =
                    new ReadOutcome.Found<>(
                            Held.own(
                                    token,
                                    generations.incrementAndGet(),
                                    context.clock().instant()));
        } catch (ReferenceException e) {
            return e.outcome();
        } catch (LoginException e) {
            return e.outcome();
        } catch (GeneralSecurityException e) {
            return new ReadOutcome.Invalid<>(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Spring Vault wraps most failures in its own exception, but asserts on the answer.
            outcome = rules.login(failure(e), method.shown()).withoutValue();
        }
        calls.ended(Call.LOGIN, outcome);
        return outcome;
    }

    private LoginTools tools()
            throws ReferenceException, InterruptedException, GeneralSecurityException {
        return new LoginTools(
                context.references(),
                connection.logins(namespace),
                clouds,
                surroundings,
                context.clock());
    }

    private Reply failure(RuntimeException e) throws InterruptedException {
        var answered = Causes.of(e, RestClientResponseException.class);
        if (answered.isEmpty()) {
            boolean cutOff =
                    Causes.of(e, IOException.class)
                            .filter(cause -> !(cause instanceof JsonProcessingException))
                            .isPresent();
            return cutOff
                    ? connection.failedLogin(e)
                    : new Reply.Answer(200, null, Optional.empty());
        }
        RestClientResponseException answer = answered.get();
        HttpHeaders headers = answer.getResponseHeaders();
        return Reply.Answer.of(
                answer.getStatusCode().value(),
                answer.getResponseBodyAsByteArray(),
                headers == null ? null : headers.getFirst(HttpHeaders.RETRY_AFTER));
    }

    private ReadOutcome<Held> renewed(Held held, @Nullable JsonObject auth) {
        if (auth == null || !(auth.get("lease_duration") instanceof JsonNumber seconds)) {
            return new ReadOutcome.Unavailable<>(
                    "Vault at " + connection.server() + " answered a renewal without a lease");
        }
        if (seconds.longValue() <= 0 && !held.lease().isZero()) {
            // Zero would be taken for a lease without end; it is one that is over.
            return new ReadOutcome.Denied<>(
                    "Vault at " + connection.server() + " renews the token no more");
        }
        return new ReadOutcome.Found<>(
                held.renewed(
                        Duration.ofSeconds(seconds.longValue()),
                        Boolean.TRUE.equals(auth.get("renewable")),
                        context.clock().instant()));
    }

    private Held foreign(@Nullable VaultToken token) {
        return Held.foreign(token, generations.incrementAndGet(), context.clock().instant());
    }

    private static String namespace(VaultProvider spec) {
        VaultAuth auth = spec.auth();
        return auth == null || auth.namespace().isEmpty() ? spec.namespace() : auth.namespace();
    }
}

package dev.signet.provider.vault;

import dev.signet.provider.vault.LittleServer.Answer;
import dev.signet.provider.vault.LittleServer.Request;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The login endpoint of an auth method that OpenBao does not have (AWS, Google Cloud, LDAP), and
 * one secret behind it, {@code secret/app}. A test says who is let in. What it does not cover: the
 * bindings of Vault's roles, policies, leases, and what a Vault may be configured to insist on,
 * such as allowed header values.
 */
final class FakeLogins implements LittleServer.Handler {

    private final String login;
    private final Function<JsonObject, Optional<String>> who;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    volatile String lastCaller = "";

    /**
     * @param login path, such as {@code auth/aws/login}
     * @param who the caller that the body of a login proves; empty to refuse it
     */
    FakeLogins(String login, Function<JsonObject, Optional<String>> who) {
        this.login = "/v1/" + login;
        this.who = who;
    }

    /** Ends all tokens. */
    void revokeAll() {
        tokens.clear();
    }

    @Override
    public Answer answer(Request request) {
        if (request.target().equals(login)) {
            return who.apply(request.json()).map(this::letIn).orElse(refused());
        }
        if (!tokens.contains(request.headers().getOrDefault("X-Vault-Token", ""))) {
            return refused();
        }
        return switch (request.target()) {
            case "/v1/secret/data/app" ->
                    Answer.of(200, "{\"data\":{\"data\":{\"password\":\"s3cr3t\"}}}");
            case "/v1/auth/token/lookup-self" -> Answer.of(200, "{\"data\":{}}");
            case "/v1/auth/token/revoke-self" -> Answer.of(204, "");
            default -> Answer.of(404, "{\"errors\":[]}");
        };
    }

    private Answer letIn(String caller) {
        lastCaller = caller;
        String token = "t-" + count.incrementAndGet();
        tokens.add(token);
        return Answer.of(
                200,
                "{\"auth\":{\"client_token\":\"%s\",\"lease_duration\":3600,\"renewable\":true,\"token_type\":\"service\"}}"
                        .formatted(token));
    }

    private static Answer refused() {
        return Answer.of(403, "{\"errors\":[\"permission denied\"]}");
    }
}

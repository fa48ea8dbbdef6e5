package dev.signet.provider.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import dev.signet.provider.ReadOutcome;
import java.time.ZoneOffset;
import reactor.core.publisher.Mono;

/**
 * Hands the session's token to the SDK. Tenant and audience are those of the spec, whatever the
 * vault's challenge says: it may be no vault.
 */
final class SessionCredential implements TokenCredential {

    private final TokenSession session;

    SessionCredential(TokenSession session) {
        this.session = session;
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.fromCallable(() -> getTokenSync(request));
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        try {
            Token current = session.current();
            String claims = request.getClaims();
            ReadOutcome<Token> outcome =
                    claims == null || current == null
                            ? session.token()
                            : session.insteadOf(current, claims);
            if (outcome instanceof ReadOutcome.Found<Token>(Token token)) {
                return new AccessToken(token.value(), token.expiresAt().atOffset(ZoneOffset.UTC));
            }
            throw new LoginFailedException(outcome);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoginFailedException(
                    new ReadOutcome.Unavailable<>("the login to Azure was interrupted"));
        }
    }
}

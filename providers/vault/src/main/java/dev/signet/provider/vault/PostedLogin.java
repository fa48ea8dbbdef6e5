package dev.signet.provider.vault;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.vault.authentication.LoginToken;
import org.springframework.vault.support.VaultResponse;
import org.springframework.vault.support.VaultToken;

/** The logins that Spring Vault has none of its own for, or none without a cloud's library. */
final class PostedLogin {

    private PostedLogin() {}

    /**
     * Logs in with {@code fields}.
     *
     * @param mount of the auth method
     */
    static VaultToken at(LoginTools tools, String mount, Map<String, String> fields)
            throws LoginException {
        return token(tools.operations().postForObject(url(mount), fields, VaultResponse.class));
    }

    /** Logs in as a user, whose name is part of the address and may hold any character. */
    static VaultToken as(
            LoginTools tools, String mount, String username, Map<String, String> fields)
            throws LoginException {
        return token(
                tools.operations()
                        .postForObject(
                                url(mount) + "/{username}", fields, VaultResponse.class, username));
    }

    private static String url(String mount) {
        return "auth/" + mount + "/login";
    }

    private static VaultToken token(@Nullable VaultResponse response) throws LoginException {
        Map<String, Object> auth = response == null ? null : response.getAuth();
        if (auth != null && auth.get("mfa_requirement") != null) {
            throw LoginException.invalid(
                    "Vault wants a second factor (MFA) for this login, which nobody is there to give");
        }
        if (auth == null
                || !(auth.get("client_token") instanceof String token)
                || token.isEmpty()) {
            throw LoginException.unavailable("Vault answered a login without a token");
        }
        var login = LoginToken.builder().token(token);
        if (auth.get("lease_duration") instanceof Number seconds) {
            login.leaseDuration(Duration.ofSeconds(Math.max(0, seconds.longValue())));
        }
        if (auth.get("token_type") instanceof String type) {
            login.type(type);
        }
        return login.renewable(Boolean.TRUE.equals(auth.get("renewable"))).build();
    }
}

package dev.signet.provider.vault;

import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.VaultLdapAuth;
import dev.signet.api.store.VaultUserPassAuth;
import dev.signet.provider.ReferenceException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.vault.support.VaultToken;

/**
 * A name and a password, of a directory or of Vault itself.
 *
 * @param kind how messages name it
 * @param path of the auth method
 * @param field of the spec
 */
record PasswordLogin(
        String kind,
        String path,
        String username,
        @Nullable SecretKeySelector password,
        String field)
        implements LoginMethod.Exchange {

    static PasswordLogin of(VaultLdapAuth spec) {
        return new PasswordLogin("LDAP", spec.path(), spec.username(), spec.secretRef(), "ldap");
    }

    static PasswordLogin of(VaultUserPassAuth spec) {
        return new PasswordLogin(
                "user and password", spec.path(), spec.username(), spec.secretRef(), "userPass");
    }

    @Override
    public String shown() {
        return kind + " at auth/" + LoginMethod.mount(path);
    }

    @Override
    public VaultToken login(LoginTools tools)
            throws ReferenceException, LoginException, InterruptedException {
        if (password == null) {
            throw LoginException.invalid(
                    "spec.provider.vault.auth." + field + " names no Secret with the password");
        }
        // Blanks may be part of it; the newline that an editor leaves is not.
        String text =
                tools.references().read(Refs.of(password)).utf8().replaceAll("[\\r\\n]+$", "");
        return PostedLogin.as(
                tools,
                LoginMethod.mount(path),
                username.strip(),
                Map.of("password", LoginMethod.filled(text, "the password")));
    }
}

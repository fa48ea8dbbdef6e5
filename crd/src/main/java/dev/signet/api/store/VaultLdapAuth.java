package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** Login with a name and password of a directory. */
@ApiType
public record VaultLdapAuth(
        @JsonPropertyDescription("Mount path of the auth method.") @Required @Default("ldap")
                String path,
        @JsonPropertyDescription("Name to log in with.") @Required String username,
        @JsonPropertyDescription("The password.") @Nullable SecretKeySelector secretRef) {

    /** Absent fields become empty, or what the API server fills in. */
    public VaultLdapAuth {
        path = Absent.text(path, "ldap");
        username = Absent.text(username);
    }
}

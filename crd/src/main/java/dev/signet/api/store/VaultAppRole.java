package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** Login with AppRole. The role ID is given in place or by reference. */
@ApiType
public record VaultAppRole(
        @JsonPropertyDescription("Mount path of the auth method.") @Required @Default("approle")
                String path,
        @JsonPropertyDescription("The role ID.") String roleId,
        @JsonPropertyDescription("The role ID, from a Secret.") @Nullable SecretKeySelector roleRef,
        @JsonPropertyDescription("The secret ID, from a Secret.") @Required
                SecretKeySelector secretRef) {

    /** Absent fields become empty, or what the API server fills in. */
    public VaultAppRole {
        path = Absent.text(path, "approle");
        roleId = Absent.text(roleId);
        secretRef = Absent.or(secretRef, SecretKeySelector.NONE);
    }
}

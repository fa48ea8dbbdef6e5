package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import io.fabric8.generator.annotation.Required;

/** Login with NTLM. */
@ApiType
public record WebhookNtlm(
        @JsonPropertyDescription("The name.") @Required SecretKeySelector usernameSecret,
        @JsonPropertyDescription("The password.") @Required SecretKeySelector passwordSecret) {

    /** Absent fields become empty. */
    public WebhookNtlm {
        usernameSecret = Absent.or(usernameSecret, SecretKeySelector.NONE);
        passwordSecret = Absent.or(passwordSecret, SecretKeySelector.NONE);
    }
}

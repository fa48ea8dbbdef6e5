package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import io.fabric8.generator.annotation.Required;

/** A Secret that templates may use. */
@ApiType
public record WebhookSecret(
        @JsonPropertyDescription("Its name in templates.") @Required String name,
        @JsonPropertyDescription("The Secret.") @Required SecretKeySelector secretRef) {

    /** Absent fields become empty. */
    public WebhookSecret {
        name = Absent.text(name);
        secretRef = Absent.or(secretRef, SecretKeySelector.NONE);
    }
}

package dev.signet.provider.webhook;

import dev.signet.api.store.WebhookProvider;
import dev.signet.provider.Reference;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretProvider;
import dev.signet.provider.StoreCapabilities;
import dev.signet.provider.StoreContext;
import java.util.List;

/**
 * An HTTP endpoint of the user's own. What a key, a property and a version mean there is for the
 * placeholders in the store's URL, header fields and body to say; which part of the answer is the
 * value, for its JSONPath.
 */
public final class WebhookSecretProvider implements SecretProvider<WebhookProvider> {

    /** For the ServiceLoader. */
    public WebhookSecretProvider() {}

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public Class<WebhookProvider> specType() {
        return WebhookProvider.class;
    }

    @Override
    public StoreCapabilities capabilities() {
        return StoreCapabilities.READ_ONLY;
    }

    @Override
    public List<Reference> references(WebhookProvider spec) {
        return new SpecCheck(spec).references();
    }

    @Override
    public List<String> problems(WebhookProvider spec) {
        return new SpecCheck(spec).problems();
    }

    /**
     * Opens a session.
     *
     * @throws IllegalArgumentException if {@link #problems} finds a template wanting
     */
    @Override
    public SecretClient open(WebhookProvider spec, StoreContext context) {
        return new WebhookSecretClient(spec, context);
    }
}

package dev.signet.provider.azure;

import dev.signet.api.store.AzureKvProvider;
import dev.signet.provider.Reference;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretProvider;
import dev.signet.provider.StoreCapabilities;
import dev.signet.provider.StoreContext;
import java.util.List;

/**
 * Azure Key Vault.
 *
 * <p>A remote key is {@code NAME} or {@code secret/NAME} for a secret, {@code key/NAME} for the
 * public part of a key, as a JSON Web Key, and {@code cert/NAME} for a certificate in DER. A
 * property is a gjson path into a secret that holds JSON. A session logs in once for all its
 * readers.
 */
public final class AzureSecretProvider implements SecretProvider<AzureKvProvider> {

    private final Surroundings surroundings;

    /** For the ServiceLoader. */
    public AzureSecretProvider() {
        this(Surroundings.REAL);
    }

    AzureSecretProvider(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "azurekv";
    }

    @Override
    public Class<AzureKvProvider> specType() {
        return AzureKvProvider.class;
    }

    @Override
    public StoreCapabilities capabilities() {
        return StoreCapabilities.READ_ONLY;
    }

    @Override
    public List<Reference> references(AzureKvProvider spec) {
        return new SpecCheck(spec).references();
    }

    @Override
    public List<String> problems(AzureKvProvider spec) {
        return new SpecCheck(spec).problems();
    }

    /**
     * Opens a session.
     *
     * @throws IllegalArgumentException if {@link #problems} finds an address wanting
     */
    @Override
    public SecretClient open(AzureKvProvider spec, StoreContext context) {
        return new AzureSecretClient(spec, context, surroundings);
    }
}

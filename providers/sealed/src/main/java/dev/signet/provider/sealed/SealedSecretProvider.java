package dev.signet.provider.sealed;

import dev.signet.api.store.SealedProvider;
import dev.signet.provider.Reference;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretProvider;
import dev.signet.provider.StoreCapabilities;
import dev.signet.provider.StoreContext;
import java.util.List;

/**
 * Serves the SealedSecrets of one namespace: that of a SecretStore or, for a ClusterSecretStore,
 * that of the ExternalSecret. A SealedSecret is known by its name and by the remote key that its
 * annotation gives it.
 */
public final class SealedSecretProvider implements SecretProvider<SealedProvider> {

    @Override
    public String name() {
        return "sealed";
    }

    @Override
    public Class<SealedProvider> specType() {
        return SealedProvider.class;
    }

    @Override
    public StoreCapabilities capabilities() {
        return StoreCapabilities.READ_ONLY;
    }

    @Override
    public List<Reference> references(SealedProvider spec) {
        return List.of(reference(spec));
    }

    @Override
    public List<String> problems(SealedProvider spec) {
        return List.of();
    }

    @Override
    public SecretClient open(SealedProvider spec, StoreContext context) {
        return new SealedSecretClient(reference(spec), context.references());
    }

    private static Reference.SealedSecrets reference(SealedProvider spec) {
        return new Reference.SealedSecrets(spec.namespace());
    }
}

package dev.signet.provider.vault;

import dev.signet.api.store.VaultProvider;
import dev.signet.provider.Reference;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretProvider;
import dev.signet.provider.StoreCapabilities;
import dev.signet.provider.StoreContext;
import java.util.List;

/**
 * The KV engines, version 1 and 2, of Vault and OpenBao.
 *
 * <p>A remote key is a path, with or without the mount in front of it. A property is a key of the
 * secret or, where there is none of that name, a gjson path into it. A session logs in once for all
 * its readers, renews its token while it is in use and revokes it when it is closed.
 */
public final class VaultSecretProvider implements SecretProvider<VaultProvider> {

    private final Surroundings surroundings;

    /** For the ServiceLoader. */
    public VaultSecretProvider() {
        this(Surroundings.of(System.getenv()));
    }

    VaultSecretProvider(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "vault";
    }

    @Override
    public Class<VaultProvider> specType() {
        return VaultProvider.class;
    }

    @Override
    public StoreCapabilities capabilities() {
        return StoreCapabilities.READ_ONLY;
    }

    @Override
    public List<Reference> references(VaultProvider spec) {
        return new SpecCheck(spec).references();
    }

    @Override
    public List<String> problems(VaultProvider spec) {
        return new SpecCheck(spec).problems();
    }

    /**
     * Opens a session.
     *
     * @throws IllegalArgumentException if {@link #problems} finds the server's address wanting
     */
    @Override
    public SecretClient open(VaultProvider spec, StoreContext context) {
        return new VaultSecretClient(spec, context, surroundings);
    }
}

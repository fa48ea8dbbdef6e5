package dev.signet.provider.kubernetes;

import dev.signet.api.store.KubernetesProvider;
import dev.signet.provider.Reference;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretProvider;
import dev.signet.provider.StoreCapabilities;
import dev.signet.provider.StoreContext;
import java.util.List;

/**
 * The Secrets in one namespace of a Kubernetes cluster.
 *
 * <p>A remote key is a Secret's name. A property is a key of its data or, behind the first dot, a
 * gjson path into the value of that key.
 */
public final class KubernetesSecretProvider implements SecretProvider<KubernetesProvider> {

    /** For the ServiceLoader. */
    public KubernetesSecretProvider() {}

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public Class<KubernetesProvider> specType() {
        return KubernetesProvider.class;
    }

    @Override
    public StoreCapabilities capabilities() {
        return StoreCapabilities.READ_ONLY;
    }

    @Override
    public List<Reference> references(KubernetesProvider spec) {
        return new SpecCheck(spec).references();
    }

    @Override
    public List<String> problems(KubernetesProvider spec) {
        return new SpecCheck(spec).problems();
    }

    @Override
    public SecretClient open(KubernetesProvider spec, StoreContext context) {
        return new KubernetesSecretClient(spec, context);
    }
}

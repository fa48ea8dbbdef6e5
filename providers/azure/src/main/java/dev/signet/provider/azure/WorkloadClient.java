package dev.signet.provider.azure;

import dev.signet.api.store.AzureKvAuth;
import dev.signet.api.store.AzureKvProvider;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The application that a ServiceAccount acts as: what the store says comes before the
 * ServiceAccount's annotations, which are read only where they are needed.
 */
record WorkloadClient(String clientId, String tenantId) {

    static final String CLIENT_ID = "azure.workload.identity/client-id";
    static final String TENANT_ID = "azure.workload.identity/tenant-id";

    static WorkloadClient of(
            AzureKvProvider spec, Reference.ServiceAccount account, References references)
            throws ReferenceException, InterruptedException, GeneralSecurityException {
        AzureKvAuth auth = spec.authSecretRef();
        String clientId = read(references, auth == null ? null : auth.clientId());
        String tenantId = read(references, auth == null ? null : auth.tenantId());
        if (tenantId.isEmpty()) {
            tenantId = spec.tenantId();
        }
        if (clientId.isEmpty() || tenantId.isEmpty()) {
            Map<String, String> annotations = references.annotations(account);
            clientId = clientId.isEmpty() ? annotation(annotations, CLIENT_ID) : clientId;
            tenantId = tenantId.isEmpty() ? annotation(annotations, TENANT_ID) : tenantId;
        }
        needed(clientId, account, CLIENT_ID, "authSecretRef.clientId");
        needed(tenantId, account, TENANT_ID, "tenantId");
        return new WorkloadClient(clientId, tenantId);
    }

    private static String read(References references, @Nullable SecretKeySelector selector)
            throws ReferenceException, InterruptedException {
        return selector == null ? "" : references.read(SpecCheck.of(selector)).utf8().strip();
    }

    private static String annotation(Map<String, String> annotations, String name) {
        return annotations.getOrDefault(name, "").strip();
    }

    private static void needed(
            String value, Reference.ServiceAccount account, String annotation, String field)
            throws GeneralSecurityException {
        if (value.isEmpty()) {
            throw new GeneralSecurityException(
                    "ServiceAccount %s has no annotation %s, and the store has no %s"
                            .formatted(account.name(), annotation, field));
        }
    }
}

package dev.signet.provider.azure;

import dev.signet.api.store.AzureCloudConfig;
import dev.signet.api.store.AzureKvAuth;
import dev.signet.api.store.AzureKvProvider;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Specs of stores, step by step. */
record Specs(
        String authType,
        String vaultUrl,
        String tenantId,
        String environment,
        @Nullable AzureKvAuth auth,
        @Nullable ServiceAccountSelector account,
        String identityId,
        @Nullable AzureCloudConfig custom) {

    static Specs at(String vaultUrl) {
        return new Specs("", vaultUrl, FakeLogin.TENANT, "", null, null, "", null);
    }

    /** A service principal with a secret, from the Secret {@code azure}. */
    Specs bySecret() {
        return as("ServicePrincipal")
                .auth(new AzureKvAuth(key("client-id"), null, key("client-secret"), null));
    }

    Specs byCertificate() {
        return as("ServicePrincipal")
                .auth(new AzureKvAuth(key("client-id"), null, null, key("certificate")));
    }

    Specs byWorkloadIdentity() {
        return new Specs(
                "WorkloadIdentity",
                vaultUrl,
                tenantId,
                environment,
                null,
                new ServiceAccountSelector("reader", "", List.of()),
                identityId,
                custom);
    }

    Specs byManagedIdentity(String identity) {
        return new Specs(
                "ManagedIdentity", vaultUrl, "", environment, null, null, identity, custom);
    }

    Specs auth(@Nullable AzureKvAuth other) {
        return new Specs(
                authType, vaultUrl, tenantId, environment, other, account, identityId, custom);
    }

    Specs as(String type) {
        return new Specs(type, vaultUrl, tenantId, environment, auth, account, identityId, custom);
    }

    Specs tenant(String tenant) {
        return new Specs(
                authType, vaultUrl, tenant, environment, auth, account, identityId, custom);
    }

    Specs in(String cloud) {
        return new Specs(authType, vaultUrl, tenantId, cloud, auth, account, identityId, custom);
    }

    /** Logs in elsewhere than the cloud does. */
    Specs custom(String login, String endpoint, String suffix) {
        return new Specs(
                authType,
                vaultUrl,
                tenantId,
                environment,
                auth,
                account,
                identityId,
                new AzureCloudConfig(login, endpoint, suffix, ""));
    }

    AzureKvProvider build() {
        return new AzureKvProvider(
                authType,
                vaultUrl,
                tenantId,
                environment,
                auth,
                account,
                identityId,
                false,
                custom);
    }

    static SecretKeySelector key(String key) {
        return new SecretKeySelector("azure", "", key);
    }
}

package dev.signet.provider.azure;

import dev.signet.api.store.AzureCloudConfig;
import dev.signet.api.store.AzureKvAuth;
import dev.signet.api.store.AzureKvProvider;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.provider.Reference;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a spec once, noting what it refers to and what is wrong with it. Knows nothing of
 * the SDK.
 */
final class SpecCheck {

    static final String SERVICE_PRINCIPAL = "ServicePrincipal";
    static final String MANAGED_IDENTITY = "ManagedIdentity";
    static final String WORKLOAD_IDENTITY = "WorkloadIdentity";

    private static final String AZURE = "spec.provider.azurekv.";
    private static final String AUTH = AZURE + "authSecretRef";
    private static final Pattern TENANT = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.-]{0,127}");
    private static final Set<String> ENVIRONMENTS =
            Set.of("PublicCloud", "USGovernmentCloud", "ChinaCloud", Cloud.GERMAN, Cloud.STACK);

    private final List<Reference> references = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    SpecCheck(AzureKvProvider spec) {
        cloud(spec);
        vault(spec);
        if (!spec.tenantId().isEmpty() && !isTenant(spec.tenantId())) {
            problems.add(AZURE + "tenantId is neither an ID nor a domain");
        }
        switch (spec.authType()) {
            case SERVICE_PRINCIPAL -> servicePrincipal(spec);
            case MANAGED_IDENTITY -> managedIdentity(spec);
            case WORKLOAD_IDENTITY -> workloadIdentity(spec);
            default ->
                    problems.add(
                            AZURE
                                    + "authType must be ServicePrincipal, ManagedIdentity or WorkloadIdentity");
        }
    }

    List<Reference> references() {
        return List.copyOf(references);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Whether a text can be a tenant; it becomes a part of the login's address. */
    static boolean isTenant(String text) {
        return TENANT.matcher(text).matches();
    }

    static Reference.SecretKey of(SecretKeySelector selector) {
        return new Reference.SecretKey(selector.namespace(), selector.name(), selector.key());
    }

    static Reference.ServiceAccount of(ServiceAccountSelector selector) {
        return new Reference.ServiceAccount(
                selector.namespace(), selector.name(), selector.audiences());
    }

    private void cloud(AzureKvProvider spec) {
        AzureCloudConfig custom = spec.customCloudConfig();
        if (!ENVIRONMENTS.contains(spec.environmentType())) {
            problems.add(AZURE + "environmentType must be one of the clouds that the CRD lists");
        } else if (spec.environmentType().equals(Cloud.GERMAN)) {
            problems.add(
                    AZURE
                            + "environmentType GermanCloud was closed in 2021; use PublicCloud, or AzureStackCloud with customCloudConfig");
        } else if (spec.environmentType().equals(Cloud.STACK) && custom == null) {
            problems.add(AZURE + "customCloudConfig is needed for AzureStackCloud");
        }
        if (custom != null) {
            address(custom.activeDirectoryEndpoint(), "customCloudConfig.activeDirectoryEndpoint");
            if (!custom.keyVaultEndpoint().isEmpty()) {
                address(custom.keyVaultEndpoint(), "customCloudConfig.keyVaultEndpoint");
            }
        }
    }

    private void vault(AzureKvProvider spec) {
        Optional<URI> vault = address(spec.vaultUrl(), "vaultUrl");
        if (vault.isEmpty()) {
            return;
        }
        String path = vault.get().getRawPath();
        if (path != null && !path.isEmpty() && !path.equals("/")) {
            problems.add(AZURE + "vaultUrl must have no path");
        }
        String host = vault.get().getHost().toLowerCase(Locale.ROOT);
        String suffix = Cloud.of(spec).suffix();
        if (host.indexOf('.') < 0 || !host.endsWith(suffix)) {
            problems.add(
                    AZURE
                            + "vaultUrl is not in the domain of the cloud's vaults (*%s); set environmentType, or customCloudConfig.keyVaultDNSSuffix"
                                    .formatted(suffix));
        }
    }

    private void servicePrincipal(AzureKvProvider spec) {
        AzureKvAuth auth = spec.authSecretRef();
        if (spec.tenantId().isEmpty()) {
            problems.add(AZURE + "tenantId is needed for ServicePrincipal");
        }
        if (auth == null) {
            problems.add(AUTH + " is needed for ServicePrincipal");
            return;
        }
        secret(auth.clientId(), ".clientId", true);
        if (auth.clientSecret() != null && auth.clientCertificate() != null) {
            problems.add(AUTH + " needs clientSecret or clientCertificate, not both");
        } else if (auth.clientSecret() == null && auth.clientCertificate() == null) {
            problems.add(AUTH + " needs clientSecret or clientCertificate");
        }
        secret(auth.clientSecret(), ".clientSecret", false);
        secret(auth.clientCertificate(), ".clientCertificate", false);
    }

    /**
     * The identity is the machine's, not the author's of the store: its token may go to nowhere but
     * a vault of the cloud that the machine is in.
     */
    private void managedIdentity(AzureKvProvider spec) {
        AzureCloudConfig custom = spec.customCloudConfig();
        if (spec.environmentType().equals(Cloud.STACK)) {
            problems.add(AZURE + "authType ManagedIdentity is not to be had in AzureStackCloud");
        } else if (custom != null
                && !(custom.keyVaultDNSSuffix().isEmpty() && custom.keyVaultEndpoint().isEmpty())) {
            problems.add(
                    AZURE
                            + "customCloudConfig must leave keyVaultEndpoint and keyVaultDNSSuffix out for ManagedIdentity");
        }
    }

    private void workloadIdentity(AzureKvProvider spec) {
        ServiceAccountSelector account = spec.serviceAccountRef();
        if (account == null) {
            problems.add(
                    AZURE
                            + "serviceAccountRef is needed for WorkloadIdentity; the operator's own identity is not lent");
        } else if (account.name().isEmpty()) {
            problems.add(AZURE + "serviceAccountRef.name is missing");
        } else {
            references.add(of(account));
        }
        AzureKvAuth auth = spec.authSecretRef();
        if (auth != null) {
            secret(auth.clientId(), ".clientId", false);
            secret(auth.tenantId(), ".tenantId", false);
        }
    }

    private Optional<URI> address(String text, String field) {
        Optional<URI> address = Cloud.address(text);
        if (address.isEmpty()) {
            problems.add(AZURE + field + " is not an address such as https://name.example.com");
        }
        return address;
    }

    private void secret(@Nullable SecretKeySelector selector, String field, boolean needed) {
        if (selector == null) {
            if (needed) {
                problems.add(AUTH + field + " is missing");
            }
        } else if (selector.name().isEmpty()) {
            problems.add(AUTH + field + ".name is missing");
        } else if (selector.key().isEmpty()) {
            problems.add(AUTH + field + ".key is missing");
        } else {
            references.add(of(selector));
        }
    }
}

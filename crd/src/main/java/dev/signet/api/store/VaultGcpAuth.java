package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * Login with an identity of Google Cloud. Without a reference the identity of this process is used.
 */
@ApiType
public record VaultGcpAuth(
        @JsonPropertyDescription("Mount path of the auth method.") @Default("gcp") String path,
        @JsonPropertyDescription("Role of Vault to log in to.") @Required String role,
        @JsonPropertyDescription("Project of the service account.") String projectID,
        @JsonPropertyDescription("Location of the service account.") String location,
        @JsonPropertyDescription("A service account key.") @Nullable GcpSecretRef secretRef,
        @JsonPropertyDescription("ServiceAccount of a GKE cluster to act as.")
                @Nullable GcpWorkloadIdentity workloadIdentity,
        @JsonPropertyDescription("ServiceAccount to impersonate.")
                @Nullable ServiceAccountSelector serviceAccountRef) {

    /** Absent fields become empty, or what the API server fills in. */
    public VaultGcpAuth {
        path = Absent.text(path, "gcp");
        role = Absent.text(role);
        projectID = Absent.text(projectID);
        location = Absent.text(location);
    }
}

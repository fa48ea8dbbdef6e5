package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.ApiType;
import org.jspecify.annotations.Nullable;

/** How to log in to Google Cloud: one of the three. */
@ApiType
public record GcpSmAuth(
        @JsonPropertyDescription("A service account key.") @Nullable GcpSecretRef secretRef,
        @JsonPropertyDescription("ServiceAccount of a GKE cluster to act as.")
                @Nullable GcpWorkloadIdentity workloadIdentity,
        @JsonPropertyDescription("Identity of another cloud or cluster to exchange.")
                @Nullable GcpFederation workloadIdentityFederation) {}

package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Names;
import io.fabric8.generator.annotation.Pattern;
import org.jspecify.annotations.Nullable;

/** An identity of another cloud or cluster, exchanged for one of Google Cloud. */
@ApiType
public record GcpFederation(
        @JsonPropertyDescription("ConfigMap that holds an external account configuration in JSON.")
                @Nullable ConfigMapKeySelector credConfig,
        @JsonPropertyDescription("ServiceAccount of this cluster to act as.")
                @Nullable ServiceAccountSelector serviceAccountRef,
        @JsonPropertyDescription("AWS credentials to exchange.")
                @Nullable AwsSecurityCredentials awsSecurityCredentials,
        @JsonPropertyDescription(
                        "Audience that the pool and its provider are named by. Needed with serviceAccountRef and awsSecurityCredentials.")
                String audience,
        @JsonPropertyDescription("Where tokens come from; must be what the configuration says.")
                String externalTokenEndpoint,
        @JsonPropertyDescription("Service account to impersonate after the exchange.")
                @Pattern(Names.GCP_ACCOUNT)
                String gcpServiceAccountEmail) {

    /** Absent fields become empty. */
    public GcpFederation {
        audience = Absent.text(audience);
        externalTokenEndpoint = Absent.text(externalTokenEndpoint);
        gcpServiceAccountEmail = Absent.text(gcpServiceAccountEmail);
    }
}

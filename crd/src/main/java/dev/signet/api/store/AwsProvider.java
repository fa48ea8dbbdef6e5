package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import dev.signet.api.Limits;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** AWS Secrets Manager or Systems Manager Parameter Store. */
@ApiType
public record AwsProvider(
        @JsonPropertyDescription("Which service holds the values.")
                @Required
                @Limits(values = {"SecretsManager", "ParameterStore", "CertificateManager"})
                String service,
        @JsonPropertyDescription(
                        "How to log in. Without it the usual places are tried: environment, files, the identity of this process.")
                @Nullable AwsAuth auth,
        @JsonPropertyDescription("ARN of a role to assume.") String role,
        @JsonPropertyDescription("AWS region.") @Required String region,
        @JsonPropertyDescription("ARNs of roles to assume one after the other, before role.")
                List<String> additionalRoles,
        @JsonPropertyDescription("External ID given when a role is assumed.") String externalID,
        @JsonPropertyDescription("Tags of the session of the assumed role.")
                List<AwsTag> sessionTags,
        @JsonPropertyDescription("How secrets are deleted.")
                @Nullable AwsSecretsManager secretsManager,
        @JsonPropertyDescription("Keys of the session tags that carry over to the next role.")
                List<String> transitiveTagKeys,
        @JsonPropertyDescription(
                        "Which tags the session has besides: None; Simple for esoNamespace, esoStoreName and esoStoreKind; Custom for these and customSessionTags.")
                @Default("None")
                @Limits(values = {"None", "Simple", "Custom"})
                String sessionTagsPolicy,
        @JsonPropertyDescription("Tags of the session with sessionTagsPolicy Custom.")
                Map<String, String> customSessionTags,
        @JsonPropertyDescription("Put before each remote key.") String prefix) {

    /** Absent fields become empty, or what the API server fills in. */
    public AwsProvider {
        service = Absent.text(service);
        role = Absent.text(role);
        region = Absent.text(region);
        additionalRoles = Absent.list(additionalRoles);
        externalID = Absent.text(externalID);
        sessionTags = Absent.list(sessionTags);
        transitiveTagKeys = Absent.list(transitiveTagKeys);
        sessionTagsPolicy = Absent.text(sessionTagsPolicy, "None");
        customSessionTags = Absent.map(customSessionTags);
        prefix = Absent.text(prefix);
    }
}

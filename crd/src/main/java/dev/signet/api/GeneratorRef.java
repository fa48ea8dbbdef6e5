package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Names a generator of values. */
@ApiType
public record GeneratorRef(
        @JsonPropertyDescription("API version of the generator.")
                @Default("generators.external-secrets.io/v1alpha1")
                String apiVersion,
        @JsonPropertyDescription("Kind of the generator.")
                @Required
                @Limits(
                        values = {
                            "ACRAccessToken",
                            "BeyondtrustWorkloadCredentialsDynamicSecret",
                            "ClusterGenerator",
                            "CloudsmithAccessToken",
                            "ECRAuthorizationToken",
                            "Fake",
                            "GCRAccessToken",
                            "GithubAccessToken",
                            "GitlabDeployToken",
                            "QuayAccessToken",
                            "Password",
                            "SSHKey",
                            "STSSessionToken",
                            "UUID",
                            "VaultDynamicSecret",
                            "Webhook",
                            "Grafana",
                            "MFA"
                        })
                String kind,
        @JsonPropertyDescription("Name of the generator.")
                @Required
                @Pattern(Names.SUBDOMAIN)
                @Size(min = 1, max = 253)
                String name) {

    /** Absent fields become empty, or what the API server fills in. */
    public GeneratorRef {
        apiVersion = Absent.text(apiVersion, "generators.external-secrets.io/v1alpha1");
        kind = Absent.text(kind);
        name = Absent.text(name);
    }
}

package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.api.Limits;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import org.jspecify.annotations.Nullable;

/**
 * The providers that the schema knows. A store of one that is only known by name is accepted, so
 * that it can say what is wrong with it instead of losing its content.
 */
@Limits(minProperties = 1, maxProperties = 1)
record ProviderFields(
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode akeyless,
        @JsonPropertyDescription("AWS Secrets Manager or Systems Manager Parameter Store.")
                @Nullable AwsProvider aws,
        @JsonPropertyDescription("Azure Key Vault.") @Nullable AzureKvProvider azurekv,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode barbican,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode beyondtrust,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode beyondtrustworkloadcredentials,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode bitwardensecretsmanager,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode chef,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode cloudrusm,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode conjur,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode crd,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode delinea,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode doppler,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode dvls,
        @JsonPropertyDescription("Values written in the store itself.") @Nullable FakeProvider fake,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode fortanix,
        @JsonPropertyDescription("Google Cloud Secret Manager.") @Nullable GcpSmProvider gcpsm,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode github,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode gitlab,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode ibm,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode infisical,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode keepersecurity,
        @JsonPropertyDescription("Secrets of a Kubernetes cluster.")
                @Nullable KubernetesProvider kubernetes,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode nebiusmysterybox,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode ngrok,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode onboardbase,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode onepassword,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode onepasswordSDK,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode openBao,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode oracle,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode ovh,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode passbolt,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode passworddepot,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode previder,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode pulumi,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode scaleway,
        @JsonPropertyDescription(
                        "SealedSecrets of the namespace served. Not a provider of External Secrets.")
                @Nullable SealedProvider sealed,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode secretserver,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode senhasegura,
        @JsonPropertyDescription("KV secrets engine of Vault or OpenBao.")
                @Nullable VaultProvider vault,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode volcengine,
        @JsonPropertyDescription("Any HTTP endpoint.") @Nullable WebhookProvider webhook,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode yandexcertificatemanager,
        @JsonPropertyDescription("The content is kept and not checked.")
                @PreserveUnknownFields
                @Limits(object = true)
                @Nullable JsonNode yandexlockbox) {}

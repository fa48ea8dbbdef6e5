package dev.signet.provider.aws;

import dev.signet.api.store.AwsAuth;
import dev.signet.api.store.AwsCredentialRefs;
import dev.signet.api.store.AwsJwtAuth;
import dev.signet.api.store.AwsProvider;
import dev.signet.api.store.AwsTag;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import java.util.List;
import java.util.Map;

/** Specs of stores, for tests. */
record Specs(
        String service,
        AwsAuth auth,
        String role,
        List<String> additionalRoles,
        String externalId,
        List<AwsTag> tags,
        List<String> transitive,
        String policy,
        Map<String, String> customTags,
        String prefix) {

    static final String REGION = "eu-west-1";

    static Specs of(String service) {
        return new Specs(
                service,
                keys("aws", ""),
                "",
                List.of(),
                "",
                List.of(),
                List.of(),
                "None",
                Map.of(),
                "");
    }

    static Specs secretsManager() {
        return of("SecretsManager");
    }

    static Specs parameterStore() {
        return of("ParameterStore");
    }

    static AwsAuth keys(String secret, String namespace) {
        return new AwsAuth(
                new AwsCredentialRefs(
                        new SecretKeySelector(secret, namespace, "id"),
                        new SecretKeySelector(secret, namespace, "key"),
                        null),
                null);
    }

    static AwsAuth account(String name, String... audiences) {
        return new AwsAuth(
                null, new AwsJwtAuth(new ServiceAccountSelector(name, "", List.of(audiences))));
    }

    Specs auth(AwsAuth other) {
        return new Specs(
                service,
                other,
                role,
                additionalRoles,
                externalId,
                tags,
                transitive,
                policy,
                customTags,
                prefix);
    }

    Specs role(String other) {
        return new Specs(
                service,
                auth,
                other,
                additionalRoles,
                externalId,
                tags,
                transitive,
                policy,
                customTags,
                prefix);
    }

    Specs through(String... roles) {
        return new Specs(
                service,
                auth,
                role,
                List.of(roles),
                externalId,
                tags,
                transitive,
                policy,
                customTags,
                prefix);
    }

    Specs externalId(String id) {
        return new Specs(
                service,
                auth,
                role,
                additionalRoles,
                id,
                tags,
                transitive,
                policy,
                customTags,
                prefix);
    }

    Specs tag(String key, String value) {
        return new Specs(
                service,
                auth,
                role,
                additionalRoles,
                externalId,
                List.of(new AwsTag(key, value)),
                List.of(key),
                policy,
                customTags,
                prefix);
    }

    Specs policy(String other, Map<String, String> custom) {
        return new Specs(
                service,
                auth,
                role,
                additionalRoles,
                externalId,
                tags,
                transitive,
                other,
                custom,
                prefix);
    }

    Specs prefix(String other) {
        return new Specs(
                service,
                auth,
                role,
                additionalRoles,
                externalId,
                tags,
                transitive,
                policy,
                customTags,
                other);
    }

    AwsProvider spec() {
        return in(REGION);
    }

    AwsProvider in(String region) {
        return new AwsProvider(
                service,
                auth,
                role,
                region,
                additionalRoles,
                externalId,
                tags,
                null,
                transitive,
                policy,
                customTags,
                prefix);
    }
}

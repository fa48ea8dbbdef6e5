package dev.signet.provider.aws;

import dev.signet.api.store.AwsAuth;
import dev.signet.api.store.AwsCredentialRefs;
import dev.signet.api.store.AwsProvider;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.provider.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a spec once, noting what it refers to and what is wrong with it. Of the ways to log
 * in only the one that is used counts.
 */
final class SpecCheck {

    private static final String AWS = "spec.provider.aws.";
    private static final String AUTH = AWS + "auth.";

    /** A region becomes a part of a host name. */
    private static final Pattern REGION = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?");

    private static final Pattern ROLE = Pattern.compile("arn:aws[a-z-]*:iam::\\d{12}:role/\\S+");

    private final List<Reference> references = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    SpecCheck(AwsProvider spec) {
        service(spec.service());
        if (spec.region().isEmpty()) {
            problems.add(AWS + "region is missing");
        } else if (!REGION.matcher(spec.region()).matches()) {
            problems.add(AWS + "region is no name of a region, such as eu-west-1");
        }
        roles(spec);
        tags(spec);
        if (spec.auth() != null) {
            auth(spec.auth());
        }
    }

    List<Reference> references() {
        return List.copyOf(references);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    private void service(String service) {
        switch (service) {
            case "SecretsManager", "ParameterStore" -> {}
            case "CertificateManager" ->
                    problems.add(
                            AWS
                                    + "service CertificateManager cannot be read from; use SecretsManager or ParameterStore");
            default -> problems.add(AWS + "service must be SecretsManager or ParameterStore");
        }
    }

    private void roles(AwsProvider spec) {
        if (!spec.role().isEmpty() && !ROLE.matcher(spec.role()).matches()) {
            problems.add(AWS + "role is no ARN of a role");
        }
        for (int i = 0; i < spec.additionalRoles().size(); i++) {
            if (!ROLE.matcher(spec.additionalRoles().get(i)).matches()) {
                problems.add(AWS + "additionalRoles[" + i + "] is no ARN of a role");
            }
        }
        if (spec.role().isEmpty()) {
            if (!spec.externalID().isEmpty() || !spec.sessionTags().isEmpty()) {
                problems.add(
                        AWS
                                + "externalID and sessionTags are given when role is assumed, and there is no role");
            }
        }
    }

    private void tags(AwsProvider spec) {
        Set<String> keys = new HashSet<>();
        spec.sessionTags()
                .forEach(tag -> {
                    if (tag.key().isEmpty()) {
                        problems.add(AWS + "sessionTags has a tag without a key");
                    } else if (!keys.add(tag.key())) {
                        problems.add(AWS + "sessionTags has the key " + tag.key() + " twice");
                    }
                });
        switch (spec.sessionTagsPolicy()) {
            case "None" -> {}
            // Without the tags a policy that asks for them would grant what it should not.
            case "Simple", "Custom" ->
                    problems.add(
                            AWS
                                    + "sessionTagsPolicy Simple and Custom are not supported yet; use None, with sessionTags");
            default -> problems.add(AWS + "sessionTagsPolicy must be None, Simple or Custom");
        }
    }

    private void auth(AwsAuth auth) {
        if (auth.jwt() != null) {
            account(auth.jwt().serviceAccountRef());
        } else if (auth.secretRef() != null) {
            keys(auth.secretRef());
        }
    }

    private void keys(AwsCredentialRefs keys) {
        secret(keys.accessKeyIDSecretRef(), "accessKeyIDSecretRef");
        secret(keys.secretAccessKeySecretRef(), "secretAccessKeySecretRef");
        if (keys.sessionTokenSecretRef() != null) {
            secret(keys.sessionTokenSecretRef(), "sessionTokenSecretRef");
        }
    }

    private void secret(@Nullable SecretKeySelector selector, String name) {
        String field = AUTH + "secretRef." + name;
        if (selector == null) {
            problems.add(field + " is missing");
        } else if (selector.name().isEmpty()) {
            problems.add(field + ".name is missing");
        } else if (selector.key().isEmpty()) {
            problems.add(field + ".key is missing");
        } else {
            references.add(Refs.of(selector));
        }
    }

    private void account(@Nullable ServiceAccountSelector selector) {
        String field = AUTH + "jwt.serviceAccountRef";
        if (selector == null) {
            problems.add(field + " is missing");
        } else if (selector.name().isEmpty()) {
            problems.add(field + ".name is missing");
        } else {
            references.add(Refs.of(selector));
        }
    }
}

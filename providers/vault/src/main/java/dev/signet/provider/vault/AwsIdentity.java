package dev.signet.provider.vault;

import dev.signet.api.store.AwsCredentialRefs;
import dev.signet.api.store.AwsJwtAuth;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.VaultIamAuth;
import dev.signet.http.HttpAnswer;
import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a login comes by its AWS keys: the token of a ServiceAccount, static keys, or what AWS gave
 * this process (IRSA, Pod Identity); and then, if the spec says so, a role.
 */
final class AwsIdentity {

    static final String ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";
    static final String AUDIENCE_ANNOTATION = "eks.amazonaws.com/audience";
    static final String DEFAULT_AUDIENCE = "sts.amazonaws.com";

    private static final String IAM = "spec.provider.vault.auth.iam";
    private static final CloudCalls.Service AGENT =
            new CloudCalls.Service("AWS/PodIdentity", "the agent of EKS Pod Identity");

    /** The least that the API server grants; the token is used at once and not kept. */
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(10);

    private final VaultIamAuth spec;
    private final LoginTools tools;
    private final AwsSts sts;

    AwsIdentity(VaultIamAuth spec, String region, LoginTools tools) {
        this.spec = spec;
        this.tools = tools;
        this.sts = new AwsSts(tools, region);
    }

    /** The keys to sign the login with. */
    AwsKeys keys() throws ReferenceException, LoginException, InterruptedException {
        AwsKeys first = first();
        String role = spec.role().strip();
        return role.isEmpty() ? first : sts.assume(first, role, spec.externalID().strip());
    }

    private AwsKeys first() throws ReferenceException, LoginException, InterruptedException {
        AwsJwtAuth jwt = spec.jwt();
        if (jwt != null && jwt.serviceAccountRef() != null) {
            return ofAccount(Refs.of(jwt.serviceAccountRef()));
        }
        if (spec.secretRef() != null) {
            return ofSecret(spec.secretRef());
        }
        OperatorIdentity.require(
                tools.references(), "AWS", "set " + IAM + ".secretRef or " + IAM + ".jwt");
        return ofProcess();
    }

    private AwsKeys ofSecret(AwsCredentialRefs refs)
            throws ReferenceException, InterruptedException {
        return new AwsKeys(
                text(refs.accessKeyIDSecretRef(), "accessKeyIDSecretRef"),
                text(refs.secretAccessKeySecretRef(), "secretAccessKeySecretRef"),
                refs.sessionTokenSecretRef() == null
                        ? ""
                        : text(refs.sessionTokenSecretRef(), "sessionTokenSecretRef"));
    }

    private AwsKeys ofAccount(Reference.ServiceAccount account)
            throws ReferenceException, LoginException, InterruptedException {
        Map<String, String> annotations = tools.references().annotations(account);
        String role = annotations.getOrDefault(ROLE_ANNOTATION, "").strip();
        if (role.isEmpty()) {
            throw LoginException.invalid(
                    "ServiceAccount %s names no role to log in to AWS with: it needs the annotation %s"
                            .formatted(account.name(), ROLE_ANNOTATION));
        }
        String audience = annotations.getOrDefault(AUDIENCE_ANNOTATION, DEFAULT_AUDIENCE).strip();
        String token =
                tools.references().token(account, List.of(audience), TOKEN_LIFETIME).utf8().strip();
        return sts.assumeWithToken(role, token);
    }

    private AwsKeys ofProcess() throws LoginException, InterruptedException {
        Surroundings surroundings = tools.surroundings();
        Optional<String> file = surroundings.variable("AWS_WEB_IDENTITY_TOKEN_FILE");
        Optional<String> role = surroundings.variable("AWS_ROLE_ARN");
        if (file.isPresent() && role.isPresent()) {
            return sts.assumeWithToken(role.get(), content(file.get()));
        }
        Optional<URI> agent = surroundings.url("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        if (agent.isPresent()) {
            return ofAgent(agent.get());
        }
        throw LoginException.invalid(
                "the operator has no AWS identity of its own (neither IRSA nor Pod Identity): set %1$s.secretRef or %1$s.jwt, or give the operator's ServiceAccount a role"
                        .formatted(IAM));
    }

    private AwsKeys ofAgent(URI agent) throws LoginException, InterruptedException {
        Optional<String> file =
                tools.surroundings().variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        Optional<String> token =
                file.isPresent()
                        ? Optional.of(content(file.get()))
                        : tools.surroundings().variable("AWS_CONTAINER_AUTHORIZATION_TOKEN");
        String path =
                agent.getRawPath() == null || agent.getRawPath().isEmpty()
                        ? "/"
                        : agent.getRawPath();
        HttpAnswer answer =
                tools.clouds()
                        .get(
                                AGENT,
                                "GetCredentials",
                                agent,
                                agent.getRawQuery() == null
                                        ? path
                                        : path + "?" + agent.getRawQuery(),
                                token.map(value -> Map.of("Authorization", value))
                                        .orElse(Map.of()));
        JsonObject keys = Json.object(answer.body());
        if (!answer.ok()
                || keys == null
                || !(keys.get("AccessKeyId") instanceof String id)
                || !(keys.get("SecretAccessKey") instanceof String key)
                || !(keys.get("Token") instanceof String session)) {
            throw LoginException.unavailable(
                    "%s gives the operator no AWS identity now (%d)"
                            .formatted(AGENT.shown(), answer.status()));
        }
        return new AwsKeys(id, key, session);
    }

    private static String content(String file) throws LoginException {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | IllegalArgumentException e) {
            throw LoginException.unavailable(
                    "the operator's AWS identity cannot be had: %s cannot be read".formatted(file));
        }
    }

    private String text(@Nullable SecretKeySelector selector, String field)
            throws ReferenceException, InterruptedException {
        if (selector == null) {
            throw new ReferenceException(
                    ReferenceException.Cause.MISSING,
                    "%s.secretRef.%s is missing".formatted(IAM, field));
        }
        String text = tools.references().read(Refs.of(selector)).utf8().strip();
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new ReferenceException(
                    ReferenceException.Cause.MISSING,
                    "Secret %s (key %s) does not hold what %s.secretRef.%s asks for: it is empty, or has characters that no key has"
                            .formatted(selector.name(), selector.key(), IAM, field));
        }
        return text;
    }
}

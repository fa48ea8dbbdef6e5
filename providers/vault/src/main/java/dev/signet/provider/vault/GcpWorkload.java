package dev.signet.provider.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signet.api.store.GcpWorkloadIdentity;
import dev.signet.api.store.VaultGcpAuth;
import dev.signet.http.HttpAnswer;
import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A ServiceAccount of a GKE cluster: its token is exchanged at Google for one of the account that
 * its annotation names, which then has Google sign for it.
 */
final class GcpWorkload {

    static final String ACCOUNT_ANNOTATION = "iam.gke.io/gcp-service-account";

    private static final CloudCalls.Service STS = new CloudCalls.Service("GCP/STS", "Google STS");
    private static final CloudCalls.Service IAM =
            new CloudCalls.Service("GCP/IAMCredentials", "Google IAM");
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(10);

    private final VaultGcpAuth spec;
    private final GcpWorkloadIdentity identity;
    private final LoginTools tools;
    private final Reference.ServiceAccount account;

    GcpWorkload(VaultGcpAuth spec, GcpWorkloadIdentity identity, LoginTools tools) {
        this.spec = spec;
        this.identity = identity;
        this.tools = tools;
        this.account = Refs.of(identity.serviceAccountRef());
    }

    /** The account of Google Cloud that the ServiceAccount stands for. */
    String email() throws ReferenceException, LoginException, InterruptedException {
        String email =
                tools.references()
                        .annotations(account)
                        .getOrDefault(ACCOUNT_ANNOTATION, "")
                        .strip();
        if (email.isEmpty()) {
            throw LoginException.invalid(
                    "ServiceAccount %s names no account of Google Cloud: it needs the annotation %s"
                            .formatted(account.name(), ACCOUNT_ANNOTATION));
        }
        return email;
    }

    /** A token with these claims that Google signed for the account. */
    String sign(String email, byte[] claims)
            throws ReferenceException, LoginException, InterruptedException {
        String accounts = "/v1/projects/-/serviceAccounts/" + CloudCalls.encoded(email);
        URI iam = tools.surroundings().googleIam();
        String federated = federated();
        String own =
                asked(
                        IAM,
                        "GenerateAccessToken",
                        iam,
                        accounts + ":generateAccessToken",
                        json(federated),
                        Json.bytes(Map.of("scope", List.of(SCOPE))),
                        "accessToken");
        return asked(
                IAM,
                "SignJwt",
                iam,
                accounts + ":signJwt",
                json(own),
                Json.bytes(Map.of("payload", new String(claims, UTF_8))),
                "signedJwt");
    }

    private String federated() throws ReferenceException, LoginException, InterruptedException {
        GcpMetadata metadata = new GcpMetadata(tools);
        String project =
                given(
                        identity.clusterProjectID(),
                        spec.projectID(),
                        metadata,
                        "project/project-id");
        String location =
                given(
                        identity.clusterLocation(),
                        spec.location(),
                        metadata,
                        "instance/attributes/cluster-location");
        String name =
                given(identity.clusterName(), "", metadata, "instance/attributes/cluster-name");
        String pool = project + ".svc.id.goog";
        String token =
                tools.references().token(account, List.of(pool), TOKEN_LIFETIME).utf8().strip();
        Map<String, String> form = new HashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("requested_token_type", "urn:ietf:params:oauth:token-type:access_token");
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:jwt");
        form.put("subject_token", token);
        form.put("scope", SCOPE);
        form.put(
                "audience",
                "identitynamespace:%s:https://container.googleapis.com/v1/projects/%s/locations/%s/clusters/%s"
                        .formatted(pool, project, location, name));
        return asked(
                STS,
                "ExchangeToken",
                tools.surroundings().googleSts(),
                "/v1/token",
                Map.of("Content-Type", CloudCalls.FORM),
                CloudCalls.form(form),
                "access_token");
    }

    /** What the spec says, or else what the metadata server knows. */
    private static String given(String first, String second, GcpMetadata metadata, String attribute)
            throws LoginException, InterruptedException {
        if (!first.isBlank()) {
            return first.strip();
        }
        return second.isBlank() ? metadata.attribute(attribute) : second.strip();
    }

    private static Map<String, String> json(String bearer) {
        return Map.of("Authorization", "Bearer " + bearer, "Content-Type", "application/json");
    }

    private String asked(
            CloudCalls.Service service,
            String operation,
            URI at,
            String target,
            Map<String, String> headers,
            byte[] body,
            String field)
            throws LoginException, InterruptedException {
        HttpAnswer answer = tools.clouds().post(service, operation, at, target, headers, body);
        int status = answer.status();
        if (status == 429 || status >= 500) {
            throw LoginException.unavailable(
                    "%s cannot serve %s for ServiceAccount %s now (%d)"
                            .formatted(service.shown(), operation, account.name(), status));
        }
        if (!answer.ok()) {
            throw LoginException.denied(
                    "%s refused %s for ServiceAccount %s (%d)"
                            .formatted(service.shown(), operation, account.name(), status));
        }
        JsonObject json = Json.object(answer.body());
        if (json == null || !(json.get(field) instanceof String value) || value.isEmpty()) {
            throw LoginException.unavailable(
                    "%s answered %s without a token".formatted(service.shown(), operation));
        }
        return value;
    }
}

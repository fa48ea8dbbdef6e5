package dev.signet.provider.azure;

import dev.signet.api.store.AzureKvAuth;
import dev.signet.api.store.AzureKvProvider;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a store logs in: makes the request of the credentials that the spec refers to, which are read
 * anew at each login and kept nowhere.
 */
final class LoginMethod {

    /** The audience that Entra ID expects of the tokens of other issuers. */
    static final String EXCHANGE_AUDIENCE = "api://AzureADTokenExchange";

    /** The shortest that the API server gives; the token is used once, at once. */
    private static final Duration SERVICE_ACCOUNT_TOKEN = Duration.ofMinutes(10);

    private static final String ASSERTION_TYPE =
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String IDENTITY_PATH = "/metadata/identity/oauth2/token?";

    private final AzureKvProvider spec;
    private final Cloud cloud;
    private final References references;
    private final Clock clock;
    private final URI identityService;

    LoginMethod(
            AzureKvProvider spec,
            Cloud cloud,
            References references,
            Clock clock,
            URI identityService) {
        this.spec = spec;
        this.cloud = cloud;
        this.references = references;
        this.clock = clock;
        this.identityService = identityService;
    }

    /** How messages name the service that gives the token. */
    String service() {
        return isMachine() ? "the machine's identity service" : cloud.authority();
    }

    /** Whether the token is the machine's. */
    boolean isMachine() {
        return spec.authType().equals(SpecCheck.MANAGED_IDENTITY);
    }

    /**
     * The request for a token.
     *
     * @param claims what the vault asks of the token besides; null for nothing
     * @throws GeneralSecurityException if a certificate or a text cannot be used; the message says
     *     which
     */
    LoginRequest request(@Nullable String claims)
            throws ReferenceException, InterruptedException, GeneralSecurityException {
        return switch (spec.authType()) {
            case SpecCheck.MANAGED_IDENTITY -> machine();
            case SpecCheck.WORKLOAD_IDENTITY -> workload(claims);
            default -> servicePrincipal(claims);
        };
    }

    private LoginRequest machine() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("api-version", "2018-02-01");
        query.put("resource", cloud.audience());
        if (!spec.identityId().isEmpty()) {
            query.put("client_id", spec.identityId());
        }
        return new LoginRequest.Machine(
                URI.create(identityService + IDENTITY_PATH + LoginRequest.encoded(query)));
    }

    private LoginRequest servicePrincipal(@Nullable String claims)
            throws ReferenceException, InterruptedException, GeneralSecurityException {
        AzureKvAuth auth = spec.authSecretRef();
        if (auth == null) {
            throw new GeneralSecurityException("spec.provider.azurekv.authSecretRef is missing");
        }
        String clientId = text(auth.clientId(), "clientId");
        URI endpoint = endpoint(spec.tenantId());
        Map<String, String> fields = fields(clientId, claims);
        if (auth.clientCertificate() == null) {
            fields.put("client_secret", text(auth.clientSecret(), "clientSecret"));
        } else {
            byte[] held = references.read(SpecCheck.of(auth.clientCertificate())).bytes();
            assertion(
                    fields,
                    ClientCertificate.of(held).assertion(clientId, endpoint, clock.instant()));
        }
        return new LoginRequest.Form(endpoint, fields);
    }

    private LoginRequest workload(@Nullable String claims)
            throws ReferenceException, InterruptedException, GeneralSecurityException {
        ServiceAccountSelector selector = spec.serviceAccountRef();
        if (selector == null) {
            throw new GeneralSecurityException(
                    "spec.provider.azurekv.serviceAccountRef is missing");
        }
        Reference.ServiceAccount account = SpecCheck.of(selector);
        WorkloadClient client = WorkloadClient.of(spec, account, references);
        URI endpoint = endpoint(client.tenantId());
        Map<String, String> fields = fields(client.clientId(), claims);
        assertion(
                fields,
                references
                        .token(account, List.of(EXCHANGE_AUDIENCE), SERVICE_ACCOUNT_TOKEN)
                        .utf8());
        return new LoginRequest.Form(endpoint, fields);
    }

    private Map<String, String> fields(String clientId, @Nullable String claims) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "client_credentials");
        fields.put("client_id", clientId);
        fields.put("scope", cloud.audience() + "/.default");
        if (claims != null) {
            fields.put("claims", claims);
        }
        return fields;
    }

    private static void assertion(Map<String, String> fields, String assertion) {
        fields.put("client_assertion_type", ASSERTION_TYPE);
        fields.put("client_assertion", assertion);
    }

    private URI endpoint(String tenant) throws GeneralSecurityException {
        if (!SpecCheck.isTenant(tenant)) {
            throw new GeneralSecurityException("the tenant is neither an ID nor a domain");
        }
        return URI.create(cloud.authority() + "/" + tenant + "/oauth2/v2.0/token");
    }

    private String text(@Nullable SecretKeySelector selector, String field)
            throws ReferenceException, InterruptedException, GeneralSecurityException {
        if (selector == null) {
            throw new GeneralSecurityException(
                    "spec.provider.azurekv.authSecretRef.%s is missing".formatted(field));
        }
        String text = references.read(SpecCheck.of(selector)).utf8().strip();
        if (text.isEmpty()) {
            throw new GeneralSecurityException(
                    "spec.provider.azurekv.authSecretRef.%s refers to an empty value"
                            .formatted(field));
        }
        return text;
    }
}

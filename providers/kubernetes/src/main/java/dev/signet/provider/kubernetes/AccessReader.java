package dev.signet.provider.kubernetes;

import dev.signet.api.store.KubernetesAuth;
import dev.signet.api.store.KubernetesCertAuth;
import dev.signet.api.store.KubernetesProvider;
import dev.signet.api.store.KubernetesServer;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;
import dev.signet.provider.StoreContext;
import dev.signet.rest.Pem;
import dev.signet.rest.Tls;
import dev.signet.rest.TlsMaterial;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads, when it is needed, what a spec refers to. */
final class AccessReader {

    private static final String SPEC = SpecCheck.SPEC;

    /** As External Secrets asks for it. */
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(1);

    private final KubernetesProvider spec;
    private final StoreContext context;
    private final References references;

    AccessReader(KubernetesProvider spec, StoreContext context) {
        this.spec = spec;
        this.context = context;
        this.references = context.references();
    }

    /** The access that the spec gives now. */
    Access read() throws ReferenceException, InterruptedException, GeneralSecurityException {
        return spec.authRef() == null ? byFields() : byKubeconfig(spec.authRef());
    }

    private Access byKubeconfig(SecretKeySelector selector)
            throws ReferenceException, InterruptedException, GeneralSecurityException {
        Kubeconfig config = Kubeconfig.parse(references.read(SpecCheck.reference(selector)).utf8());
        return new Access(
                config.server(),
                new TlsMaterial(config.trust(), config.certificate(), config.key()),
                config.token(),
                Instant.MAX,
                context);
    }

    private Access byFields()
            throws ReferenceException, InterruptedException, GeneralSecurityException {
        KubernetesServer server = Access.server(spec);
        KubernetesAuth auth = spec.auth();
        Pem trust = Tls.trust(SPEC + "server.", server.caBundle(), server.caProvider(), references);
        if (auth == null) {
            throw new GeneralSecurityException(SPEC + "auth is missing");
        }
        if (auth.cert() != null) {
            KubernetesCertAuth cert = auth.cert();
            return new Access(
                    address(server),
                    new TlsMaterial(
                            trust,
                            pem(cert.clientCert(), "auth.cert.clientCert"),
                            pem(cert.clientKey(), "auth.cert.clientKey")),
                    "",
                    Instant.MAX,
                    context);
        }
        if (auth.serviceAccount() != null) {
            return withAccount(server, trust, auth.serviceAccount());
        }
        SecretKeySelector bearer = auth.token() == null ? null : auth.token().bearerToken();
        if (bearer == null) {
            throw new GeneralSecurityException(SPEC + "auth names no way to log in");
        }
        String token = references.read(SpecCheck.reference(bearer)).utf8().strip();
        if (token.isEmpty()) {
            throw new GeneralSecurityException(
                    "the token in Secret %s (key %s) is empty"
                            .formatted(bearer.name(), bearer.key()));
        }
        return new Access(
                address(server), TlsMaterial.trusting(trust), token, Instant.MAX, context);
    }

    private Access withAccount(
            KubernetesServer server, @Nullable Pem trust, ServiceAccountSelector account)
            throws ReferenceException, InterruptedException, GeneralSecurityException {
        String token =
                references.token(SpecCheck.reference(account), List.of(), TOKEN_LIFETIME).utf8();
        Instant renewAt =
                context.clock().instant().plus(TOKEN_LIFETIME.multipliedBy(2).dividedBy(3));
        return new Access(address(server), TlsMaterial.trusting(trust), token, renewAt, context);
    }

    private Pem pem(@Nullable SecretKeySelector selector, String field)
            throws ReferenceException, InterruptedException {
        return new Pem(
                SPEC + field,
                references
                        .read(SpecCheck.reference(Objects.requireNonNull(selector, field)))
                        .utf8());
    }

    private static URI address(KubernetesServer server) throws GeneralSecurityException {
        try {
            return ServerUrl.parse(server.url());
        } catch (URISyntaxException e) {
            throw new GeneralSecurityException(SPEC + "server.url is not an address");
        }
    }
}

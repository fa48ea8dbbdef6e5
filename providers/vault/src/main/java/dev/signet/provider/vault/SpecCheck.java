package dev.signet.provider.vault;

import dev.signet.api.store.CaProvider;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.api.store.VaultAppRole;
import dev.signet.api.store.VaultAuth;
import dev.signet.api.store.VaultClientTls;
import dev.signet.api.store.VaultJwtAuth;
import dev.signet.api.store.VaultKubernetesAuth;
import dev.signet.api.store.VaultProvider;
import dev.signet.api.store.VaultServiceAccountToken;
import dev.signet.provider.Reference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a spec once, noting what it refers to and what is wrong with it. Of the ways to log
 * in only the one that is used counts.
 */
final class SpecCheck {

    private static final String VAULT = "spec.provider.vault.";
    private static final String AUTH = VAULT + "auth.";
    private static final long LEAST_LIFETIME_SECONDS = 600;

    private final List<Reference> references = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    SpecCheck(VaultProvider spec) {
        ServerUrl.problem(spec.server()).ifPresent(problems::add);
        if (!spec.version().equals("v1") && !spec.version().equals("v2")) {
            problems.add(VAULT + "version must be v1 or v2");
        }
        spec.headers().keySet().stream()
                .filter(Headers::reserved)
                .forEach(name -> problems.add(VAULT + "headers must not set " + name));
        trust(spec);
        tls(spec.tls());
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

    private void trust(VaultProvider spec) {
        CaProvider provider = spec.caProvider();
        if (!spec.caBundle().isEmpty() || provider == null) {
            return;
        }
        if (!provider.type().equals("Secret") && !provider.type().equals("ConfigMap")) {
            problems.add(VAULT + "caProvider.type must be Secret or ConfigMap");
        } else if (provider.name().isEmpty() || provider.key().isEmpty()) {
            problems.add(VAULT + "caProvider needs name and key");
        } else {
            references.add(Refs.of(provider));
        }
    }

    private void tls(@Nullable VaultClientTls tls) {
        if (tls == null || (tls.certSecretRef() == null && tls.keySecretRef() == null)) {
            return;
        }
        if (tls.certSecretRef() == null || tls.keySecretRef() == null) {
            problems.add(VAULT + "tls needs both certSecretRef and keySecretRef");
            return;
        }
        secret(tls.certSecretRef(), Refs.TLS_CERT, VAULT + "tls.certSecretRef");
        secret(tls.keySecretRef(), Refs.TLS_KEY, VAULT + "tls.keySecretRef");
    }

    private void auth(VaultAuth auth) {
        if (auth.tokenSecretRef() != null) {
            secret(auth.tokenSecretRef(), "", AUTH + "tokenSecretRef");
        } else if (auth.appRole() != null) {
            appRole(auth.appRole());
        } else if (auth.kubernetes() != null) {
            kubernetes(auth.kubernetes());
        } else if (auth.ldap() != null) {
            unsupported("ldap");
        } else if (auth.userPass() != null) {
            unsupported("userPass");
        } else if (auth.jwt() != null) {
            jwt(auth.jwt());
        } else if (auth.cert() != null) {
            unsupported("cert");
        } else if (auth.iam() != null) {
            unsupported("iam");
        } else if (auth.gcp() != null) {
            unsupported("gcp");
        } else {
            problems.add(
                    VAULT + "auth names no way to log in: set one, or leave auth out for none");
        }
    }

    private void unsupported(String field) {
        problems.add(
                AUTH
                        + field
                        + " is not supported yet; use tokenSecretRef, appRole, kubernetes or jwt");
    }

    private void appRole(VaultAppRole appRole) {
        if (appRole.roleId().isBlank() && appRole.roleRef() == null) {
            problems.add(AUTH + "appRole needs roleId or roleRef");
        } else if (appRole.roleId().isBlank() && appRole.roleRef() != null) {
            secret(appRole.roleRef(), "", AUTH + "appRole.roleRef");
        }
        secret(appRole.secretRef(), "", AUTH + "appRole.secretRef");
    }

    private void kubernetes(VaultKubernetesAuth kubernetes) {
        if (kubernetes.role().isEmpty()) {
            problems.add(AUTH + "kubernetes.role is missing");
        }
        if (kubernetes.serviceAccountRef() != null) {
            account(kubernetes.serviceAccountRef(), AUTH + "kubernetes.serviceAccountRef");
        } else if (kubernetes.secretRef() != null) {
            secret(kubernetes.secretRef(), "token", AUTH + "kubernetes.secretRef");
        }
    }

    private void jwt(VaultJwtAuth jwt) {
        VaultServiceAccountToken token = jwt.kubernetesServiceAccountToken();
        if (jwt.secretRef() != null) {
            secret(jwt.secretRef(), "", AUTH + "jwt.secretRef");
        } else if (token == null) {
            problems.add(AUTH + "jwt needs secretRef or kubernetesServiceAccountToken");
        } else {
            account(
                    token.serviceAccountRef(),
                    AUTH + "jwt.kubernetesServiceAccountToken.serviceAccountRef");
            Long seconds = token.expirationSeconds();
            if (seconds != null && seconds < LEAST_LIFETIME_SECONDS) {
                problems.add(
                        AUTH
                                + "jwt.kubernetesServiceAccountToken.expirationSeconds must be at least "
                                + LEAST_LIFETIME_SECONDS);
            }
        }
    }

    private void secret(SecretKeySelector selector, String key, String field) {
        Reference.SecretKey reference = Refs.of(selector, key);
        if (reference.name().isEmpty()) {
            problems.add(field + ".name is missing");
        } else if (reference.key().isEmpty()) {
            problems.add(field + ".key is missing");
        } else {
            references.add(reference);
        }
    }

    private void account(ServiceAccountSelector selector, String field) {
        if (selector.name().isEmpty()) {
            problems.add(field + ".name is missing");
        } else {
            references.add(Refs.of(selector));
        }
    }
}

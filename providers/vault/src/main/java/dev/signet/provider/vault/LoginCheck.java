package dev.signet.provider.vault;

import dev.signet.api.store.AwsCredentialRefs;
import dev.signet.api.store.AwsJwtAuth;
import dev.signet.api.store.GcpWorkloadIdentity;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.api.store.VaultAppRole;
import dev.signet.api.store.VaultAuth;
import dev.signet.api.store.VaultCertAuth;
import dev.signet.api.store.VaultGcpAuth;
import dev.signet.api.store.VaultIamAuth;
import dev.signet.api.store.VaultJwtAuth;
import dev.signet.api.store.VaultKubernetesAuth;
import dev.signet.api.store.VaultServiceAccountToken;
import dev.signet.provider.Reference;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of {@link SpecCheck} that goes through the way to log in. */
final class LoginCheck {

    private static final String AUTH = "spec.provider.vault.auth.";
    private static final long LEAST_LIFETIME_SECONDS = 600;

    /** It becomes part of a host name, which must not lead elsewhere. */
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(-[a-z]+)+-\\d{1,2}");

    private final List<Reference> references;
    private final List<String> problems;

    LoginCheck(List<Reference> references, List<String> problems) {
        this.references = references;
        this.problems = problems;
    }

    /** Notes what the first login that is set refers to, and what is wrong with it. */
    void auth(VaultAuth auth) {
        if (auth.tokenSecretRef() != null) {
            secret(auth.tokenSecretRef(), "", AUTH + "tokenSecretRef");
        } else if (auth.appRole() != null) {
            appRole(auth.appRole());
        } else if (auth.kubernetes() != null) {
            kubernetes(auth.kubernetes());
        } else if (auth.ldap() != null) {
            password(auth.ldap().username(), auth.ldap().secretRef(), AUTH + "ldap");
        } else if (auth.userPass() != null) {
            password(auth.userPass().username(), auth.userPass().secretRef(), AUTH + "userPass");
        } else if (auth.jwt() != null) {
            jwt(auth.jwt());
        } else if (auth.cert() != null) {
            certificate(auth.cert());
        } else if (auth.iam() != null) {
            iam(auth.iam());
        } else if (auth.gcp() != null) {
            gcp(auth.gcp());
        } else {
            problems.add(
                    "spec.provider.vault.auth names no way to log in: set one, or leave auth out for none");
        }
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

    private void password(String username, @Nullable SecretKeySelector secret, String field) {
        if (username.isBlank()) {
            problems.add(field + ".username is missing");
        }
        required(secret, "", field + ".secretRef");
    }

    private void jwt(VaultJwtAuth jwt) {
        VaultServiceAccountToken token = jwt.kubernetesServiceAccountToken();
        String field = AUTH + "jwt.kubernetesServiceAccountToken";
        if (jwt.secretRef() != null) {
            secret(jwt.secretRef(), "", AUTH + "jwt.secretRef");
        } else if (token == null) {
            problems.add(AUTH + "jwt needs secretRef or kubernetesServiceAccountToken");
        } else {
            account(token.serviceAccountRef(), field + ".serviceAccountRef");
            Long seconds = token.expirationSeconds();
            if (seconds != null && seconds < LEAST_LIFETIME_SECONDS) {
                problems.add(
                        field + ".expirationSeconds must be at least " + LEAST_LIFETIME_SECONDS);
            }
        }
    }

    private void certificate(VaultCertAuth cert) {
        required(cert.clientCert(), Refs.TLS_CERT, AUTH + "cert.clientCert");
        required(cert.secretRef(), Refs.TLS_KEY, AUTH + "cert.secretRef");
    }

    private void iam(VaultIamAuth iam) {
        String field = AUTH + "iam";
        if (iam.vaultRole().isBlank()) {
            problems.add(field + ".vaultRole is missing");
        }
        if (!iam.region().isBlank() && !REGION.matcher(iam.region().strip()).matches()) {
            problems.add(field + ".region is no region of AWS");
        }
        if (!iam.externalID().isBlank() && iam.role().isBlank()) {
            problems.add(field + ".externalID goes with role, which is missing");
        }
        AwsJwtAuth jwt = iam.jwt();
        AwsCredentialRefs keys = iam.secretRef();
        if (jwt != null) {
            if (jwt.serviceAccountRef() == null) {
                problems.add(field + ".jwt.serviceAccountRef is missing");
            } else {
                account(jwt.serviceAccountRef(), field + ".jwt.serviceAccountRef");
            }
        } else if (keys != null) {
            required(keys.accessKeyIDSecretRef(), "", field + ".secretRef.accessKeyIDSecretRef");
            required(
                    keys.secretAccessKeySecretRef(),
                    "",
                    field + ".secretRef.secretAccessKeySecretRef");
            if (keys.sessionTokenSecretRef() != null) {
                secret(
                        keys.sessionTokenSecretRef(),
                        "",
                        field + ".secretRef.sessionTokenSecretRef");
            }
        }
    }

    private void gcp(VaultGcpAuth gcp) {
        String field = AUTH + "gcp";
        if (gcp.role().isBlank()) {
            problems.add(field + ".role is missing");
        }
        GcpWorkloadIdentity workload = gcp.workloadIdentity();
        if (gcp.secretRef() != null) {
            required(
                    gcp.secretRef().secretAccessKeySecretRef(),
                    "",
                    field + ".secretRef.secretAccessKeySecretRef");
        } else if (workload != null) {
            account(workload.serviceAccountRef(), field + ".workloadIdentity.serviceAccountRef");
        } else if (gcp.serviceAccountRef() != null) {
            problems.add(
                    field
                            + ".serviceAccountRef is not supported; name the ServiceAccount in workloadIdentity.serviceAccountRef");
        }
    }

    private void required(@Nullable SecretKeySelector selector, String key, String field) {
        if (selector == null) {
            problems.add(field + " is missing");
        } else {
            secret(selector, key, field);
        }
    }

    /** Notes a reference to a Secret, whose key is {@code key} unless named. */
    void secret(SecretKeySelector selector, String key, String field) {
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

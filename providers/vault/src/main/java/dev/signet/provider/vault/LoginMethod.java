package dev.signet.provider.vault;

import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.api.store.VaultAppRole;
import dev.signet.api.store.VaultAuth;
import dev.signet.api.store.VaultJwtAuth;
import dev.signet.api.store.VaultKubernetesAuth;
import dev.signet.api.store.VaultProvider;
import dev.signet.api.store.VaultServiceAccountToken;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;
import dev.signet.provider.SecretValue;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.vault.authentication.AppRoleAuthentication;
import org.springframework.vault.authentication.AppRoleAuthenticationOptions;
import org.springframework.vault.authentication.AppRoleAuthenticationOptions.RoleId;
import org.springframework.vault.authentication.AppRoleAuthenticationOptions.SecretId;
import org.springframework.vault.authentication.JwtAuthentication;
import org.springframework.vault.authentication.JwtAuthenticationOptions;
import org.springframework.vault.authentication.KubernetesAuthentication;
import org.springframework.vault.authentication.KubernetesAuthenticationOptions;
import org.springframework.vault.support.VaultToken;

/** How a session comes by its token. Credentials are read anew each time one is asked for. */
sealed interface LoginMethod {

    /** The way that a spec asks for; the first that is set, in the order of External Secrets. */
    static LoginMethod of(VaultProvider spec) {
        VaultAuth auth = spec.auth();
        if (auth == null) {
            return new None();
        }
        if (auth.tokenSecretRef() != null) {
            return new GivenToken(auth.tokenSecretRef());
        }
        if (auth.appRole() != null) {
            return new AppRole(auth.appRole());
        }
        if (auth.kubernetes() != null) {
            return new Kubernetes(auth.kubernetes());
        }
        if (auth.ldap() != null) {
            return PasswordLogin.of(auth.ldap());
        }
        if (auth.userPass() != null) {
            return PasswordLogin.of(auth.userPass());
        }
        if (auth.jwt() != null) {
            return new Jwt(auth.jwt());
        }
        if (auth.cert() != null) {
            return new CertLogin(auth.cert());
        }
        if (auth.iam() != null) {
            return new AwsLogin(auth.iam());
        }
        return auth.gcp() != null ? new GcpLogin(auth.gcp()) : new None();
    }

    /** How messages name it. */
    String shown();

    /** Requests carry no token: an agent or a proxy in between adds one, or none is needed. */
    record None() implements LoginMethod {

        @Override
        public String shown() {
            return "no token";
        }
    }

    /** A token that others obtained and renew. */
    record GivenToken(SecretKeySelector secret) implements LoginMethod {

        @Override
        public String shown() {
            return "the token of Secret " + secret.name();
        }

        /** The token as the Secret holds it now. */
        String read(References references) throws ReferenceException, InterruptedException {
            return text(references.read(Refs.of(secret)));
        }
    }

    /** A login that yields a token of this session's own. */
    sealed interface Exchange extends LoginMethod
            permits AppRole, Kubernetes, Jwt, PasswordLogin, CertLogin, AwsLogin, GcpLogin {

        /**
         * Reads the credentials and logs in with them. What the server says no with is an exception
         * of Spring's.
         */
        VaultToken login(LoginTools tools)
                throws ReferenceException, LoginException, InterruptedException;
    }

    /** Role ID and secret ID. */
    record AppRole(VaultAppRole spec) implements Exchange {

        @Override
        public String shown() {
            return "AppRole at auth/" + mount(spec.path());
        }

        @Override
        public VaultToken login(LoginTools tools) throws ReferenceException, InterruptedException {
            String roleId = spec.roleId().strip();
            SecretKeySelector roleRef = spec.roleRef();
            if (roleId.isEmpty() && roleRef != null) {
                roleId = text(tools.references().read(Refs.of(roleRef)));
            }
            String secretId = text(tools.references().read(Refs.of(spec.secretRef())));
            return new AppRoleAuthentication(
                            AppRoleAuthenticationOptions.builder()
                                    .path(mount(spec.path()))
                                    .roleId(RoleId.provided(filled(roleId, "the role ID")))
                                    .secretId(SecretId.provided(filled(secretId, "the secret ID")))
                                    .build(),
                            tools.operations())
                    .login();
        }
    }

    /** A ServiceAccount token that Vault has the cluster check. */
    record Kubernetes(VaultKubernetesAuth spec) implements Exchange {

        /** The least that the API server grants; the token is used at once and not kept. */
        private static final Duration LIFETIME = Duration.ofMinutes(10);

        @Override
        public String shown() {
            return "Kubernetes at auth/" + mount(spec.mountPath());
        }

        @Override
        public VaultToken login(LoginTools tools) throws ReferenceException, InterruptedException {
            String jwt = filled(text(token(tools.references())), "the ServiceAccount token");
            return new KubernetesAuthentication(
                            KubernetesAuthenticationOptions.builder()
                                    .path(mount(spec.mountPath()))
                                    .role(spec.role())
                                    .jwtSupplier(() -> jwt)
                                    .build(),
                            tools.operations())
                    .login();
        }

        private SecretValue token(References references)
                throws ReferenceException, InterruptedException {
            ServiceAccountSelector account = spec.serviceAccountRef();
            SecretKeySelector secret = spec.secretRef();
            if (account != null) {
                return references.token(Refs.of(account), List.of(), LIFETIME);
            }
            return secret != null
                    ? references.read(Refs.of(secret, "token"))
                    : references.ownToken();
        }
    }

    /** A JWT that Vault checks by itself. */
    record Jwt(VaultJwtAuth spec) implements Exchange {

        private static final long DEFAULT_LIFETIME_SECONDS = 600;
        private static final List<String> DEFAULT_AUDIENCES = List.of("vault");

        @Override
        public String shown() {
            return "JWT at auth/" + mount(spec.path());
        }

        @Override
        public VaultToken login(LoginTools tools) throws ReferenceException, InterruptedException {
            String jwt = filled(text(token(tools.references())), "the JWT");
            var options = JwtAuthenticationOptions.builder().path(mount(spec.path())).jwt(jwt);
            String role = spec.role().strip();
            return new JwtAuthentication(
                            (role.isEmpty() ? options : options.role(role)).build(),
                            tools.operations())
                    .login();
        }

        private SecretValue token(References references)
                throws ReferenceException, InterruptedException {
            SecretKeySelector secret = spec.secretRef();
            VaultServiceAccountToken account = spec.kubernetesServiceAccountToken();
            if (secret != null) {
                return references.read(Refs.of(secret));
            }
            if (account == null) {
                throw missing("spec.provider.vault.auth.jwt names no source of a token");
            }
            Long seconds = account.expirationSeconds();
            return references.token(
                    Refs.of(account.serviceAccountRef()),
                    account.audiences().isEmpty() ? DEFAULT_AUDIENCES : account.audiences(),
                    Duration.ofSeconds(seconds == null ? DEFAULT_LIFETIME_SECONDS : seconds));
        }
    }

    /** A mount without the slashes around it. */
    static String mount(String path) {
        return path.replaceAll("^/+|/+$", "");
    }

    /** Credentials hold no blanks; the newline that an editor leaves at the end is none of them. */
    private static String text(SecretValue value) {
        return value.utf8().strip();
    }

    /** A credential that must not be empty. */
    static String filled(@Nullable String credential, String what) throws ReferenceException {
        if (credential == null || credential.isEmpty()) {
            throw missing(what + " is empty");
        }
        return credential;
    }

    private static ReferenceException missing(String message) {
        return new ReferenceException(ReferenceException.Cause.MISSING, message);
    }
}

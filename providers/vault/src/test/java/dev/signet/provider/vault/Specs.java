package dev.signet.provider.vault;

import dev.signet.api.store.CaProvider;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.ServiceAccountSelector;
import dev.signet.api.store.VaultAppRole;
import dev.signet.api.store.VaultAuth;
import dev.signet.api.store.VaultClientTls;
import dev.signet.api.store.VaultJwtAuth;
import dev.signet.api.store.VaultKubernetesAuth;
import dev.signet.api.store.VaultLdapAuth;
import dev.signet.api.store.VaultProvider;
import java.net.URI;
import java.util.Map;

/** Specs of stores, built up from a plain one. */
record Specs(
        String server,
        String path,
        String version,
        String namespace,
        String caBundle,
        CaProvider caProvider,
        VaultClientTls tls,
        Map<String, String> headers,
        VaultAuth auth) {

    static Specs at(URI server) {
        return at(server.toString());
    }

    static Specs at(String server) {
        return new Specs(server, "secret", "v2", "", "", null, null, Map.of(), null);
    }

    Specs path(String mount) {
        return new Specs(
                server, mount, version, namespace, caBundle, caProvider, tls, headers, auth);
    }

    Specs v1() {
        return new Specs(server, path, "v1", namespace, caBundle, caProvider, tls, headers, auth);
    }

    Specs namespace(String name) {
        return new Specs(server, path, version, name, caBundle, caProvider, tls, headers, auth);
    }

    Specs caBundle(String base64) {
        return new Specs(server, path, version, namespace, base64, caProvider, tls, headers, auth);
    }

    Specs caProvider(CaProvider provider) {
        return new Specs(server, path, version, namespace, caBundle, provider, tls, headers, auth);
    }

    Specs tls(VaultClientTls client) {
        return new Specs(
                server, path, version, namespace, caBundle, caProvider, client, headers, auth);
    }

    Specs headers(Map<String, String> all) {
        return new Specs(server, path, version, namespace, caBundle, caProvider, tls, all, auth);
    }

    Specs auth(VaultAuth login) {
        return new Specs(
                server, path, version, namespace, caBundle, caProvider, tls, headers, login);
    }

    /** The token under {@code vault-token/token}. */
    Specs token() {
        return auth(login(new SecretKeySelector("vault-token", "", "token"), null, null, null));
    }

    /** Role ID in place, secret ID under {@code approle/secret-id}. */
    Specs appRole(String roleId) {
        return auth(
                login(
                        null,
                        new VaultAppRole(
                                "approle",
                                roleId,
                                null,
                                new SecretKeySelector("approle", "", "secret-id")),
                        null,
                        null));
    }

    Specs kubernetes(String role, ServiceAccountSelector account) {
        return auth(
                login(
                        null,
                        null,
                        new VaultKubernetesAuth("kubernetes", account, null, role),
                        null));
    }

    Specs jwt(VaultJwtAuth jwt) {
        return auth(login(null, null, null, jwt));
    }

    Specs ldap() {
        return auth(
                new VaultAuth(
                        "",
                        null,
                        null,
                        null,
                        new VaultLdapAuth(
                                "ldap", "me", new SecretKeySelector("ldap", "", "password")),
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    VaultProvider build() {
        return new VaultProvider(
                auth,
                server,
                path,
                version,
                namespace,
                caBundle,
                tls,
                caProvider,
                false,
                false,
                headers,
                null);
    }

    private static VaultAuth login(
            SecretKeySelector token,
            VaultAppRole appRole,
            VaultKubernetesAuth kubernetes,
            VaultJwtAuth jwt) {
        return new VaultAuth("", token, appRole, kubernetes, null, null, jwt, null, null, null);
    }
}

package dev.signet.provider.vault;

import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.VaultAuth;
import dev.signet.api.store.VaultCertAuth;
import dev.signet.api.store.VaultUserPassAuth;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.VaultApi;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A real server over TLS where one and the same reader is known by name and password, and by
 * certificate.
 */
final class Accounts implements AutoCloseable {

    static final String PASSWORD = " pass word\\\"ü ";

    final OpenBao bao = OpenBao.builder(Binaries.discover()).withTls().start();
    final KeyStore client;

    Accounts(Path folder) throws GeneralSecurityException {
        client = KeyTool.pair(folder, "client", "EC", "eku=clientAuth");
        VaultApi api = bao.api();
        api.policy("reader", "path \"secret/*\" { capabilities = [\"read\", \"list\"] }");
        api.putKv2("secret", "app", Map.of("password", "s3cr3t"));
        api.enableAuth("userpass", "team/people");
        password(PASSWORD);
        api.enableAuth("cert", "cert");
        trust("app", client);
    }

    /** Gives the user another password. */
    void password(String password) {
        bao.api()
                .write(
                        "auth/team/people/users/al.ice-b",
                        Map.of("password", password, "token_policies", List.of("reader")));
    }

    /** Has the server let in the holder of a certificate. */
    void trust(String role, KeyStore pair) throws GeneralSecurityException {
        bao.api()
                .write(
                        "auth/cert/certs/" + role,
                        Map.of(
                                "certificate",
                                KeyTool.certificate(pair, "client"),
                                "token_policies",
                                List.of("reader")));
    }

    /** Ends all tokens of a login, as an administrator would. */
    void revoke(String mount) {
        bao.api().send("POST", "sys/leases/revoke-prefix/auth/" + mount, Map.of());
    }

    FakeReferences references() throws GeneralSecurityException {
        return new FakeReferences()
                .secret("people/password", PASSWORD + "\n")
                .secret("client/tls.crt", KeyTool.certificate(client, "client"))
                .secret("client/tls.key", KeyTool.key(client, "client"));
    }

    private Specs store() {
        return Specs.at(bao.address())
                .caBundle(
                        Base64.getEncoder()
                                .encodeToString(
                                        bao.caCertificate().getBytes(StandardCharsets.UTF_8)));
    }

    Specs byUserPass() {
        var login = new VaultUserPassAuth("team/people", " al.ice-b ", password());
        return store().auth(
                        new VaultAuth("", null, null, null, null, login, null, null, null, null));
    }

    Specs byCertificate(String role) {
        var secret = new SecretKeySelector("client", "", "");
        var login = new VaultCertAuth("cert", role, secret, secret);
        return store().auth(
                        new VaultAuth("", null, null, null, null, null, null, login, null, null));
    }

    private static SecretKeySelector password() {
        return new SecretKeySelector("people", "", "password");
    }

    @Override
    public void close() {
        bao.close();
    }
}

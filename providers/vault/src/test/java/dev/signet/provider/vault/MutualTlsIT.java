package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.VaultClientTls;
import dev.signet.provider.ReadOutcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that asks for a client certificate. */
class MutualTlsIT {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void showsTheCertificateOfTheStore(String algorithm) throws Exception {
        KeyStore servers = KeyTool.pair(folder, "server", "RSA", "san=ip:127.0.0.1");
        KeyStore clients = KeyTool.pair(folder, "client", algorithm);
        HttpsServer server = server(servers, clients);
        try {
            String at = "https://127.0.0.1:" + server.getAddress().getPort();
            String ca = KeyTool.certificate(servers, "server");
            FakeReferences references =
                    Fixture.tokenSecret("t")
                            .secret("client/tls.crt", KeyTool.certificate(clients, "client"))
                            .secret("client/tls.key", KeyTool.key(clients, "client"));
            Specs plain =
                    Specs.at(at)
                            .token()
                            .caBundle(
                                    Base64.getEncoder()
                                            .encodeToString(ca.getBytes(StandardCharsets.UTF_8)));
            SecretKeySelector secret = new SecretKeySelector("client", "", "");
            try (Fixture known =
                            Fixture.of(plain.tls(new VaultClientTls(secret, secret)), references);
                    Fixture unknown = Fixture.of(plain, references)) {
                assertThat(Fixture.text(known.read("app", "k"))).isEqualTo("v");
                assertThat(unknown.read("app")).isInstanceOf(ReadOutcome.Unavailable.class);

                references.secret("client/tls.key", "-----BEGIN c4n4ry-----");
            }
            try (Fixture broken =
                    Fixture.of(plain.tls(new VaultClientTls(secret, secret)), references)) {
                assertThat(broken.read("app")).isInstanceOf(ReadOutcome.Invalid.class);
                assertThat(Outcomes.reason(broken.read("app")))
                        .contains("tls.keySecretRef")
                        .doesNotContain("c4n4ry");
            }
        } finally {
            server.stop(0);
        }
    }

    private static HttpsServer server(KeyStore own, KeyStore trusted) throws Exception {
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, KeyTool.PASSWORD);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("client", trusted.getCertificate("client"));
        trust.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(context) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters ssl = context.getDefaultSSLParameters();
                        ssl.setNeedClientAuth(true);
                        parameters.setSSLParameters(ssl);
                    }
                });
        server.createContext(
                "/",
                exchange -> {
                    byte[] body =
                            "{\"data\":{\"data\":{\"k\":\"v\"}}}".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        return server;
    }
}

package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, with a certificate of the name localhost. */
class TlsTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String PASSWORD = "changeit";

    private static SSLContext context;

    @BeforeAll
    static void makeCertificate(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("server.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-keyalg",
                                "EC",
                                "-alias",
                                "server",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        trust.init(trusted);
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    }

    @Test
    void serverWithATrustedCertificateOfItsNameIsAsked() throws Exception {
        try (Server server = server(null);
                Origin origin = origin(server, "localhost", context)) {
            assertThat(origin.send(get()).status()).isEqualTo(200);
            assertThat(origin.send(get()).status()).isEqualTo(200);
            assertThat(server.accepted()).isEqualTo(1);
        }
    }

    @Test
    void certificateOfAnotherNameIsRefused() throws Exception {
        try (Server server = server(null);
                Origin origin = origin(server, "127.0.0.1", context)) {
            assertThatThrownBy(() -> origin.send(get())).isInstanceOf(SSLException.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void certificateThatNobodyVouchesForIsRefused() throws Exception {
        try (Server server = server(null);
                Origin origin = origin(server, "localhost", null)) {
            assertThatThrownBy(() -> origin.send(get())).isInstanceOf(SSLException.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void oldVersionsAreRefused() throws Exception {
        try (Server server = server("TLSv1.1");
                Origin origin = origin(server, "localhost", context)) {
            assertThatThrownBy(() -> origin.send(get())).isInstanceOf(SSLException.class);
        }
    }

    @Test
    void cheapCiphersComeFirstAndNoneIsLost() {
        assertThat(
                        CipherOrder.cheapestFirst(
                                new String[] {
                                    "TLS_AES_256_GCM_SHA384",
                                    "TLS_AES_128_GCM_SHA256",
                                    "TLS_CHACHA20_POLY1305_SHA256",
                                    "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"
                                }))
                .containsExactly(
                        "TLS_CHACHA20_POLY1305_SHA256",
                        "TLS_AES_256_GCM_SHA384",
                        "TLS_AES_128_GCM_SHA256",
                        "TLS_EMPTY_RENEGOTIATION_INFO_SCSV");
    }

    private static Server server(String onlyVersion) throws Exception {
        ServerSocket socket =
                context.getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        if (onlyVersion != null) {
            ((SSLServerSocket) socket).setEnabledProtocols(new String[] {onlyVersion});
        }
        return new Server(socket, "https", (_, out) -> Server.say(out, Server.ok("")));
    }

    private static Origin origin(Server server, String host, SSLContext tls) {
        return new Origin(
                server.address(host),
                new OriginSettings(LONG, LONG, 4, tls, OriginSettings.DIRECT, Reach.ANYWHERE));
    }

    private static HttpCall get() {
        return new HttpCall("GET", "/", List.of(), new byte[0], 1000);
    }
}

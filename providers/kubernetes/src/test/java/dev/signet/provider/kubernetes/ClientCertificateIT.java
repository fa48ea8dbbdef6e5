package dev.signet.provider.kubernetes;

import static dev.signet.provider.contract.Outcomes.read;
import static dev.signet.provider.contract.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.store.KubernetesProvider;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreHealth;
import dev.signet.provider.contract.ContractReferences;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.ControlPlane;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API server that knows its users by their certificates. */
class ClientCertificateIT {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir private Path folder;

    @Test
    void logsInByFieldsAndByKubeconfig() throws Exception {
        KeyStore own = keyPair();
        String certificate = pem("CERTIFICATE", own.getCertificate("client").getEncoded());
        String key = pem("PRIVATE KEY", own.getKey("client", PASSWORD).getEncoded());
        Path ca = Files.writeString(folder.resolve("ca.pem"), certificate);
        try (ControlPlane plane =
                ControlPlane.builder(Binaries.discover())
                        .withApiServerFlag("--client-ca-file=" + ca)
                        .start()) {
            seed(plane);
            ContractReferences references =
                    new ContractReferences(
                            Map.of(
                                    Specs.CERT,
                                    SecretValue.ofUtf8(certificate),
                                    Specs.KEY,
                                    SecretValue.ofUtf8(key),
                                    Specs.CONFIG,
                                    SecretValue.ofUtf8(
                                            plane.kubeconfigFor("t")
                                                    .replace(
                                                            "token: t",
                                                            "{client-certificate-data: %s, client-key-data: %s}"
                                                                    .formatted(
                                                                            base64(certificate),
                                                                            base64(key))))));
            for (KubernetesProvider spec :
                    List.of(
                            Specs.byCertificate(Specs.server(plane), "default"),
                            Specs.byKubeconfig("default"))) {
                try (SecretClient client =
                        new KubernetesSecretProvider().open(spec, references.context())) {
                    assertThat(text(read(client, RemoteRef.of("app", "user")))).isEqualTo("alice");
                    assertThat(client.validate()).isEqualTo(new StoreHealth.Valid());
                }
            }
            references.put(Specs.KEY, SecretValue.ofUtf8("c4n4ry"));
            try (SecretClient client =
                    new KubernetesSecretProvider()
                            .open(
                                    Specs.byCertificate(Specs.server(plane), "default"),
                                    references.context())) {
                ReadOutcome<SecretValue> refused = read(client, RemoteRef.of("app"));
                assertThat(refused).isInstanceOf(ReadOutcome.Invalid.class);
                assertThat(refused.toString())
                        .contains("auth.cert.clientKey")
                        .doesNotContain("c4n4ry");
            }
        }
    }

    private static void seed(ControlPlane plane) throws Exception {
        plane.api()
                .create(
                        "/api/v1/namespaces/default/secrets",
                        Map.of(
                                "metadata",
                                Map.of("name", "app"),
                                "data",
                                Seeds.data("{\"user\":\"alice\"}")));
        String rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/default/";
        plane.api()
                .create(
                        rbac + "roles",
                        Map.of(
                                "metadata",
                                Map.of("name", "reader"),
                                "rules",
                                List.of(
                                        Map.of(
                                                "apiGroups",
                                                List.of(""),
                                                "resources",
                                                List.of("secrets"),
                                                "verbs",
                                                List.of("get")))));
        plane.api()
                .create(
                        rbac + "rolebindings",
                        Map.of(
                                "metadata",
                                Map.of("name", "reader"),
                                "roleRef",
                                Map.of(
                                        "apiGroup",
                                        "rbac.authorization.k8s.io",
                                        "kind",
                                        "Role",
                                        "name",
                                        "reader"),
                                "subjects",
                                List.of(
                                        Map.of(
                                                "apiGroup",
                                                "rbac.authorization.k8s.io",
                                                "kind",
                                                "User",
                                                "name",
                                                "reader"))));
    }

    private KeyStore keyPair() throws Exception {
        Path file = folder.resolve("client.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "client",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=reader",
                                "-keystore",
                                file.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD))
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("keytool.log").toFile())
                        .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(
                        label,
                        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content),
                        label);
    }
}

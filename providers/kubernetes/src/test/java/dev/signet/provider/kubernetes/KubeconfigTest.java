package dev.signet.provider.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigTest {

    private static final String CANARY = "c4n4ry";

    private static String config(String cluster, String user) {
        return """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts:
          - name: elsewhere
            context: {cluster: nowhere, user: nobody}
          - name: here
            context: {cluster: one, user: me}
        clusters:
          - name: one
            cluster:
              server: https://10.0.0.1:6443/base/
              %s
        users:
          - name: other
            user:
              exec: {command: /bin/sh}
          - name: me
            user:
              token: c4n4ry
              %s
        """
                .formatted(cluster, user);
    }

    @Test
    void readsServerTokenAndCertificatesOfTheCurrentContext() throws Exception {
        String pem =
                Base64.getEncoder().encodeToString("-----BEGIN".getBytes(StandardCharsets.UTF_8));

        Kubeconfig read =
                Kubeconfig.parse(
                        config(
                                "certificate-authority-data: " + pem,
                                "client-certificate-data: "
                                        + pem
                                        + "\n      client-key-data: "
                                        + pem));

        assertThat(read.server()).hasToString("https://10.0.0.1:6443/base");
        assertThat(read.token()).isEqualTo(CANARY);
        assertThat(read.trust()).isNotNull();
        assertThat(read.certificate()).isNotNull();
        assertThat(read.key()).isNotNull();
        assertThat(read.toString()).doesNotContain(CANARY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exec: {command: /bin/sh, args: [-c, id], apiVersion: client.authentication.k8s.io/v1}",
                "auth-provider: {name: gcp, config: {cmd-path: /bin/sh}}",
                "tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token",
                "client-certificate: /etc/passwd",
                "client-key: /etc/passwd",
                "username: c4n4ry",
                "password: c4n4ry",
                "as: system:admin",
                "as-groups: [system:masters]",
            })
    void refusesProgramsFilesPasswordsAndImpersonation(String user) {
        assertRefused(config("", user), user.substring(0, user.indexOf(':')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "certificate-authority: /etc/ssl/ca.pem",
                "proxy-url: http://10.0.0.9:3128",
                "tls-server-name: other",
                "insecure-skip-tls-verify: true",
            })
    void refusesFilesProxiesAndUncheckedServers(String cluster) {
        assertRefused(config(cluster, ""), cluster.substring(0, cluster.indexOf(':')));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c4n4ry",
                "[1, 2]",
                "a: [c4n4ry",
                "!!javax.script.ScriptEngineManager [c4n4ry]",
                "current-context: c4n4ry",
                "current-context: here\ncontexts: []\nc4n4ry: x",
            })
    void refusesWhatIsNoKubeconfig(String text) {
        assertRefused(text, "the kubeconfig");
    }

    @Test
    void refusesYamlThatWouldExhaustStackOrMemory() {
        assertRefused("[".repeat(100_000), "YAML");
        assertRefused("- ".repeat(100_000), "YAML");
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertRefused(laughs.toString(), "YAML");
        assertRefused("x: \"" + "y".repeat(2 << 20) + "\"", "YAML");
    }

    @Test
    void refusesOneThatShowsNoCredential() {
        assertRefused(config("", "").replace("token: c4n4ry", "token: \"\""), "token");
    }

    @Test
    void refusesAnAddressThatIsNone() {
        assertRefused(config("", "").replace("https://10.0.0.1:6443", "ftp://x"), "server");
        assertRefused(config("", "").replace("https://10", "https://me:c4n4ry@10"), "server");
    }

    private static void assertRefused(String text, String word) {
        assertThatThrownBy(() -> Kubeconfig.parse(text))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining(word)
                .hasMessageNotContaining(CANARY)
                .hasMessageNotContaining("/bin/sh");
    }
}

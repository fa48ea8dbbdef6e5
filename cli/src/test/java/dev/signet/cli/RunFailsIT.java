package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.testbed.RbacRule;
import dev.signet.testbed.ServiceAccountUser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFailsIT {

    // Generous for a machine that is busy with other tests; alone it takes a second or two.

    private static Cluster cluster;

    @TempDir Path folder;

    @BeforeAll
    static void start() {
        cluster = new Cluster().withCrds();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private String failure(Map<String, String> environment, String... flags) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "run",
                                "--metrics-addr",
                                "0",
                                "--live-addr",
                                "0",
                                "--sealed-secrets-listen-address=0"));
        if (flags.length > 0) {
            words = new ArrayList<>(List.of("run"));
            words.addAll(List.of(flags));
        }
        try (SignetProcess process =
                SignetProcess.start(folder, environment, words.toArray(String[]::new))) {
            SignetProcess.Ended ended = process.await();
            assertThat(ended.status()).as(ended.err()).isEqualTo(Main.FAILED);
            assertThat(ended.out()).isEmpty();
            assertThat(ended.err()).startsWith("signet: ").endsWith("\n").containsOnlyOnce("\n");
            return ended.err().strip().substring("signet: ".length());
        }
    }

    private String failure(Path kubeconfig) {
        return failure(Map.of("KUBECONFIG", kubeconfig.toString()));
    }

    private String server() {
        return cluster.plane().server() + "/";
    }

    @Test
    void kubeconfigThatIsNotThere() {
        assertThat(failure(folder.resolve("none")))
                .isEqualTo(
                        "KUBECONFIG names %s, which is not a file; correct it or unset it"
                                .formatted(folder.resolve("none")));
    }

    @Test
    void kubeconfigThatIsAFolder() {
        assertThat(failure(folder)).contains("is not a file");
    }

    @Test
    void kubeconfigThatIsNoYaml() {
        Path garbage = Cluster.write(folder, "token: s3cr3t\nfoo: [");

        assertThat(failure(garbage))
                .isEqualTo(
                        "kubeconfig %s is not a valid kubeconfig; check it with: kubectl config view"
                                .formatted(garbage));
    }

    @Test
    void kubeconfigThatIsNoText() throws IOException {
        Path garbage = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, 1, 2});

        assertThat(failure(garbage))
                .isEqualTo(
                        "kubeconfig %s is not a text in UTF-8; check KUBECONFIG"
                                .formatted(garbage));
    }

    @Test
    void kubeconfigWithoutItsContext() {
        Path file = cluster.kubeconfig(folder, "current-context: .*", "current-context: other");

        assertThat(failure(file))
                .startsWith("kubeconfig " + file + " has no current-context, or one that is not")
                .endsWith("set one with: kubectl config use-context NAME");
    }

    @Test
    void noKubeconfigAtAll() {
        assertThat(failure(Map.of("HOME", folder.toString())))
                .isEqualTo(
                        "no cluster is configured: KUBECONFIG is not set, there is no %s, and this is no pod; set KUBECONFIG"
                                .formatted(folder.resolve(".kube/config")));
    }

    @Test
    void serverThatIsNotThere() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Path file = cluster.kubeconfig(folder, "server: .*", "server: https://127.0.0.1:" + port);

        assertThat(failure(file))
                .isEqualTo(
                        "cannot use the API server at https://127.0.0.1:%d/: connection refused or no way there; check the server address in the kubeconfig, and that the API server runs"
                                .formatted(port));
    }

    @Test
    void serverWhoseNameIsNotKnown() {
        Path file =
                cluster.kubeconfig(folder, "server: .*", "server: https://nowhere.invalid:6443");

        assertThat(failure(file))
                .isEqualTo(
                        "cannot use the API server at https://nowhere.invalid:6443/: its host is not known; check the server address in the kubeconfig, and that the API server runs");
    }

    @Test
    void serverWhoseCertificateIsNotTrusted() {
        Path file = cluster.kubeconfig(folder, "certificate-authority-data: .*", "");

        assertThat(failure(file))
                .isEqualTo(
                        "cannot use the API server at %s: its certificate is signed by none that the kubeconfig or this system trusts; check certificate-authority in the kubeconfig"
                                .formatted(server()));
    }

    @Test
    void credentialsThatAreWrong() {
        Path file = cluster.kubeconfig(folder, "token: .*", "token: s3cr3t");

        assertThat(failure(file))
                .isEqualTo(
                        "cannot use the API server at %s: Unauthorized; the API server does not accept the credentials; check the user or token in the kubeconfig"
                                .formatted(server()))
                .doesNotContain("s3cr3t");
    }

    @Test
    void crdsThatAreMissing() {
        cluster.withoutCrds();
        try {
            assertThat(failure(cluster.kubeconfig(folder)))
                    .isEqualTo(
                            "the API server at %s does not serve externalsecrets, secretstores, clustersecretstores of external-secrets.io/v1; install the CRDs: signet crds | kubectl apply --server-side -f -"
                                    .formatted(server()));
        } finally {
            cluster.withCrds();
        }
    }

    @Test
    void ruleThatIsMissing() {
        assertThat(failure(kubeconfigWithRules("few", rulesWithoutDeleteOfSecrets())))
                .isEqualTo(
                        "RBAC does not allow the operator to delete secrets; patch events (in all namespaces); add the rules to its role");
    }

    @Test
    void userWhoMayDoNothing() {
        assertThat(failure(kubeconfigWithRules("nothing", List.of())))
                .startsWith(
                        "RBAC does not allow the operator to list, watch, patch externalsecrets.external-secrets.io; patch externalsecrets.external-secrets.io/status; list, watch")
                .endsWith("(in all namespaces); add the rules to its role");
    }

    private Path kubeconfigWithRules(String name, List<RbacRule> rules) {
        ServiceAccountUser user = cluster.plane().api().serviceAccount("default", name, rules);
        return Cluster.write(folder, cluster.plane().kubeconfigFor(user.token()));
    }

    private static List<RbacRule> rulesWithoutDeleteOfSecrets() {
        String group = "external-secrets.io";
        return List.of(
                RbacRule.of(group, "externalsecrets", "list", "watch", "patch", "update", "get"),
                RbacRule.of(group, "externalsecrets/status", "patch", "update"),
                RbacRule.of(group, "secretstores", "list", "watch", "patch", "update", "get"),
                RbacRule.of(group, "secretstores/status", "patch", "update"),
                RbacRule.of(group, "clustersecretstores", "list", "watch", "patch", "get"),
                RbacRule.of(group, "clustersecretstores/status", "patch", "update"),
                RbacRule.of("", "secrets", "get", "list", "watch", "create", "update", "patch"),
                RbacRule.of("", "configmaps", "get", "list", "watch"),
                RbacRule.of("", "namespaces", "get", "list", "watch"),
                RbacRule.of("", "serviceaccounts/token", "create"),
                RbacRule.of("", "serviceaccounts", "get"),
                RbacRule.of("", "events", "create"));
    }

    @Test
    void portOfMetricsThatIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            assertThat(failure(onCluster(), "--metrics-addr", address, "--live-addr", "0"))
                    .isEqualTo(
                            "cannot listen on %s (--metrics-addr): the port is in use; end what listens there or choose another port; --metrics-addr=0 turns it off"
                                    .formatted(address));
        }
    }

    @Test
    void portOfHealthThatIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            assertThat(failure(onCluster(), "--live-addr", address, "--metrics-addr=127.0.0.1:0"))
                    .startsWith(
                            "cannot listen on " + address + " (--live-addr): the port is in use");
        }
    }

    @Test
    void addressOfAnotherMachine() {
        assertThat(failure(onCluster(), "--live-addr", "192.0.2.1:8080", "--metrics-addr=0"))
                .startsWith(
                        "cannot listen on 192.0.2.1:8080 (--live-addr): not an address of this");
    }

    private Map<String, String> onCluster() {
        return Map.of("KUBECONFIG", cluster.kubeconfig(folder).toString());
    }
}

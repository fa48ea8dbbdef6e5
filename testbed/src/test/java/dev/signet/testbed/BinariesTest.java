package dev.signet.testbed;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {

    private static final Platform PLATFORM = new Platform("linux", "amd64");
    private static final String ARCHIVE = "envtest-v1.34.1-linux-amd64.tar.gz";

    @TempDir private Path folder;

    private final List<String> progress = new ArrayList<>();
    private HttpServer releases;

    @BeforeEach
    void serveReleases() throws IOException {
        releases = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        releases.start();
    }

    @AfterEach
    void stopServing() {
        releases.stop(0);
    }

    @Test
    void takesWhatKubebuilderAssetsNames() throws Exception {
        Path apiServer = program("assets/kube-apiserver");
        Path etcd = program("assets/etcd");

        ControlPlaneBinaries found =
                binaries(Map.of("KUBEBUILDER_ASSETS", folder.resolve("assets").toString()))
                        .controlPlane();

        assertThat(found).isEqualTo(new ControlPlaneBinaries(apiServer, etcd));
    }

    @Test
    void saysWhatIsMissingWhereKubebuilderAssetsPoints() throws Exception {
        program("assets/kube-apiserver");
        Binaries binaries =
                binaries(Map.of("KUBEBUILDER_ASSETS", folder.resolve("assets").toString()));

        assertThatThrownBy(binaries::controlPlane)
                .isInstanceOf(TestbedException.class)
                .hasMessageContaining("there is no etcd");
    }

    @Test
    void unpacksThePublishedArchiveOnce() throws Exception {
        byte[] archive = archive("kube-apiserver", "etcd", "kubectl");
        publish(archive, sha512(archive));

        ControlPlaneBinaries found = binaries(Map.of()).controlPlane();
        releases.stop(0);
        ControlPlaneBinaries again = binaries(Map.of()).controlPlane();

        assertThat(found.etcd()).isExecutable().hasContent("I am etcd");
        assertThat(found.apiServer()).isExecutable().hasContent("I am kube-apiserver");
        assertThat(found.etcd().resolveSibling("kubectl")).doesNotExist();
        assertThat(again).isEqualTo(found);
        assertThat(progress).containsExactly("downloading " + ARCHIVE);
    }

    @Test
    void refusesAnArchiveThatIsNotTheOnePublished() throws Exception {
        publish(archive("kube-apiserver", "etcd"), "0".repeat(128));
        Binaries binaries = binaries(Map.of());

        assertThatThrownBy(binaries::controlPlane).isInstanceOf(TestbedException.class);

        assertThat(progress.getLast()).contains("does not have the SHA-512");
        assertThat(folder.resolve("cache/envtest-v1.34.1-linux-amd64")).doesNotExist();
    }

    @Test
    void namesTheAlternativesWhenThereIsNeitherArchiveNorGo() {
        releases.stop(0);
        Binaries binaries = binaries(Map.of());

        assertThatThrownBy(binaries::controlPlane)
                .isInstanceOf(TestbedException.class)
                .hasMessageContaining("KUBEBUILDER_ASSETS")
                .hasMessageContaining("github.com")
                .hasMessageContaining("install Go");
        assertThat(progress)
                .containsExactly(
                        "no published control plane is at hand: localhost cannot be reached");
    }

    @Test
    void quotesWhatGoSaysWhenABuildFails() throws Exception {
        releases.stop(0);
        program("bin/go", "echo no space left; exit 1");
        Binaries binaries = binaries(Map.of("PATH", folder.resolve("bin").toString()));

        assertThatThrownBy(binaries::controlPlane)
                .isInstanceOf(TestbedException.class)
                .hasMessageContaining("go build of kube-apiserver failed")
                .hasMessageContaining("| no space left");
    }

    @Test
    void interruptedBuildLeavesNeitherProcessNorEntry() throws Exception {
        releases.stop(0);
        program("bin/go", "echo $$ > '" + folder + "/pid'; sleep 1000");
        Binaries binaries = binaries(Map.of("PATH", folder.resolve("bin") + ":/usr/bin:/bin"));
        Thread build =
                Thread.ofPlatform()
                        .start(() ->
                                assertThatThrownBy(binaries::controllerManager)
                                        .hasMessageContaining("interrupted"));
        Path pidFile = folder.resolve("pid");
        Waiting.until(
                "starting",
                Duration.ofSeconds(20),
                List.of(),
                () -> Files.exists(pidFile) && !ControlPlane.read(pidFile).isEmpty());
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        List<ProcessHandle> tree =
                new ArrayList<>(ProcessHandle.of(pid).orElseThrow().descendants().toList());
        tree.add(ProcessHandle.of(pid).orElseThrow());

        build.interrupt();
        build.join();

        assertThat(tree).noneMatch(ProcessHandle::isAlive);
        assertThat(folder.resolve("cache")).isDirectoryNotContaining("glob:**kube*");
    }

    @Test
    void takesTheBaoThatIsNamed() throws Exception {
        Path bao = program("my-bao");

        assertThat(binaries(Map.of("SIGNET_BAO", bao.toString())).bao()).isEqualTo(bao);
        assertThatThrownBy(() -> binaries(Map.of("SIGNET_BAO", "/nowhere")).bao())
                .isInstanceOf(TestbedException.class)
                .hasMessageContaining("/nowhere");
    }

    @Test
    void takesTheSealingProgramsThatAreNamed() throws Exception {
        Path named = program("my-program");
        Binaries binaries =
                binaries(
                        Map.of(
                                "SIGNET_KUBESEAL", named.toString(),
                                "SIGNET_SEALED_SECRETS_CONTROLLER", named.toString(),
                                "SIGNET_KUBECTL", named.toString()));

        assertThat(List.of(binaries.kubeseal(), binaries.kubectl())).containsOnly(named);
        assertThat(binaries.sealedSecretsController()).isEqualTo(named);
        assertThatThrownBy(() -> binaries(Map.of("SIGNET_KUBESEAL", "/nowhere")).kubeseal())
                .isInstanceOf(TestbedException.class)
                .hasMessageContaining("SIGNET_KUBESEAL")
                .hasMessageContaining("/nowhere");
    }

    @Test
    void takesTheKubectlOfKubebuilderWhereThereIsOne() throws Exception {
        Path kubectl = program("assets/kubectl");

        assertThat(binaries(Map.of("KUBEBUILDER_ASSETS", kubectl.getParent().toString())).kubectl())
                .isEqualTo(kubectl);
    }

    @Test
    void saysHowToGetASealingProgramWithoutGo() {
        assertThatThrownBy(() -> binaries(Map.of()).kubeseal())
                .isInstanceOf(TestbedException.class)
                .hasMessageContaining("Install Go")
                .hasMessageContaining("SIGNET_KUBESEAL");
        assertThatThrownBy(() -> binaries(Map.of()).sealedSecretsController())
                .hasMessageContaining("SIGNET_SEALED_SECRETS_CONTROLLER");
        assertThatThrownBy(() -> binaries(Map.of()).kubectl())
                .hasMessageContaining("SIGNET_KUBECTL");
    }

    @Test
    void namesTheAlternativesWhenThereIsNoPython() {
        assertThatThrownBy(() -> binaries(Map.of()).bao())
                .isInstanceOf(TestbedException.class)
                .hasMessageContaining("python3")
                .hasMessageContaining("SIGNET_BAO");
    }

    @Test
    void aBuiltProgramsEntryNamesItsVersionPinsAndPlatform() {
        assertThat(GoModule.kubernetes("kube-apiserver", "1.34.1").cacheEntry(PLATFORM))
                .matches("kube-apiserver-v1\\.34\\.1-[0-9a-f]{12}-linux-amd64");
        assertThat(GoModule.etcd("3.6.5").cacheEntry(PLATFORM))
                .matches("etcd-v3\\.6\\.5-[0-9a-f]{12}-linux-amd64");
        assertThat(
                        GoModule.sealedSecrets("controller", "sealed-secrets-controller", "0.40.0")
                                .cacheEntry(PLATFORM))
                .matches("sealed-secrets-controller-v0\\.40\\.0-[0-9a-f]{12}-linux-amd64");
    }

    private Binaries binaries(Map<String, String> env) {
        Map<String, String> all = new HashMap<>(env);
        all.put("SIGNET_CACHE", folder.resolve("cache").toString());
        URI base = URI.create("http://localhost:" + releases.getAddress().getPort());
        EnvtestArchive archive =
                new EnvtestArchive(base.resolve("/index"), base, "1.34.1", PLATFORM, progress::add);
        return new Binaries(all, PLATFORM, progress::add, archive);
    }

    private Path program(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Binaries.makeExecutable(file);
        return file;
    }

    private void publish(byte[] archive, String hash) {
        String index =
                "releases:\n  v1.34.1:\n    %s:\n      hash: %s\n      selfLink: x\n"
                        .formatted(ARCHIVE, hash);
        serve("/index", index.getBytes(US_ASCII));
        serve(
                "/kubernetes-sigs/controller-tools/releases/download/envtest-v1.34.1/" + ARCHIVE,
                archive);
    }

    private void serve(String path, byte[] body) {
        releases.createContext(
                path,
                exchange -> {
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
    }

    private static String sha512(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(bytes));
    }

    private static byte[] archive(String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream tar = new GZIPOutputStream(bytes)) {
            for (String name : names) {
                byte[] content = ("I am " + name).getBytes(US_ASCII);
                byte[] header = new byte[512];
                put(header, 0, "controller-tools/envtest/" + name);
                put(header, 124, "%011o".formatted(content.length));
                header[156] = '0';
                tar.write(header);
                tar.write(Arrays.copyOf(content, 512));
            }
            tar.write(new byte[1024]);
        }
        return bytes.toByteArray();
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}

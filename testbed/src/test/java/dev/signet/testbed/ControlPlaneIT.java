package dev.signet.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneIT {

    private static final String CONFIG_MAPS = "/api/v1/namespaces/%s/configmaps";

    @Test
    void rbacBindsAServiceAccountToItsRules() {
        ControlPlane plane = SharedControlPlane.get();
        String namespace = SharedControlPlane.freshNamespace();
        ServiceAccountUser user =
                plane.api()
                        .serviceAccount(
                                namespace,
                                "reader",
                                List.of(RbacRule.of("", "configmaps", "get", "list")));

        KubeApi asUser = plane.apiAs(user.token());

        assertThat(asUser.get(CONFIG_MAPS.formatted(namespace)).path("items")).isEmpty();
        ApiReply refused =
                asUser.send(
                        "POST",
                        CONFIG_MAPS.formatted(namespace),
                        Map.of("metadata", Map.of("name", "a")));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(user.toString()).doesNotContain(user.token());
    }

    @Test
    void garbageCollectorRemovesWhatAGoneOwnerOwned() {
        KubeApi api = SharedControlPlane.withGarbageCollector().api();
        String maps = CONFIG_MAPS.formatted(SharedControlPlane.freshNamespace());
        String uid =
                api.create(maps, Map.of("metadata", Map.of("name", "owner")))
                        .at("/metadata/uid")
                        .asText();
        Map<String, Object> reference =
                Map.of("apiVersion", "v1", "kind", "ConfigMap", "name", "owner", "uid", uid);
        api.create(
                maps,
                Map.of("metadata", Map.of("name", "owned", "ownerReferences", List.of(reference))));

        api.delete(maps + "/owner");

        Waiting.until(
                "collecting",
                Duration.ofMinutes(2),
                List.of(),
                () -> api.find(maps + "/owned").isEmpty());
    }

    @Test
    void deletedNamespaceDisappears() {
        KubeApi api = SharedControlPlane.withGarbageCollector().api();
        String namespace = "/api/v1/namespaces/" + SharedControlPlane.freshNamespace();

        api.delete(namespace);

        Waiting.until(
                "deleting the namespace",
                Duration.ofMinutes(2),
                List.of(),
                () -> api.find(namespace).isEmpty());
    }

    @Test
    void keepsDataAndAddressWhenTheApiServerIsRestarted() {
        try (ControlPlane plane = ControlPlane.builder(Binaries.discover()).start()) {
            String namespace = plane.api().freshNamespace("kept");
            plane.stopApiServer();
            assertThatThrownBy(() -> plane.api().get("/version"))
                    .isInstanceOf(TestbedException.class);

            plane.startApiServer();

            assertThat(plane.api().find("/api/v1/namespaces/" + namespace)).isPresent();
            plane.pauseEtcd();
            plane.resumeEtcd();
            assertThat(plane.api().find("/api/v1/namespaces/" + namespace)).isPresent();
        }
    }

    @Test
    void leavesNeitherProcessNorFileBehind() {
        ControlPlane plane = ControlPlane.builder(Binaries.discover()).start();
        List<Long> ids = plane.processIds();
        Path folder = plane.logs();
        assertThat(ids).hasSize(2).allMatch(ControlPlaneIT::runs);

        plane.close();

        assertThat(ids).noneMatch(ControlPlaneIT::runs);
        assertThat(folder).doesNotExist();
    }

    @Test
    void quotesTheLogOfAServerThatDoesNotStart() {
        ControlPlane.Builder builder =
                ControlPlane.builder(Binaries.discover()).withApiServerFlag("--no-such-flag");

        assertThatThrownBy(builder::start)
                .isInstanceOf(TestbedException.class)
                .hasMessageContaining("kube-apiserver ended")
                .hasMessageContaining("unknown flag: --no-such-flag");
    }

    @Test
    void writesAKubeconfigForThisUserAlone(@TempDir Path folder) throws Exception {
        ControlPlane plane = SharedControlPlane.get();
        Path file = folder.resolve("config");

        plane.writeKubeconfig(file);

        assertThat(file).content().contains(plane.server().toString(), plane.adminToken());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).isPresent();
    }
}

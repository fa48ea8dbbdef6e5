package dev.signet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signet.api.CrdFile;
import dev.signet.api.Crds;
import dev.signet.operator.KubernetesClients;
import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.SharedControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;

/** The API server that the tests of this module share, with our CRDs or without. */
final class Cluster implements AutoCloseable {

    private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    private final ControlPlane plane = SharedControlPlane.get();
    private final KubernetesClient client = KubernetesClients.fromKubeconfig(plane.kubeconfig());

    ControlPlane plane() {
        return plane;
    }

    KubernetesClient client() {
        return client;
    }

    Cluster withCrds() {
        for (CrdFile crd : Crds.all()) {
            client.load(new ByteArrayInputStream(crd.yaml().getBytes(UTF_8))).serverSideApply();
        }
        awaitServed(3, 1);
        return this;
    }

    Cluster withoutCrds() {
        for (String name : crds()) {
            plane.api().delete(CRDS + "/" + name);
        }
        awaitServed(0, 0);
        return this;
    }

    /** The names of our CRDs that are installed. */
    Set<String> crds() {
        Set<String> names = new TreeSet<>();
        plane.api()
                .get(CRDS)
                .path("items")
                .forEach(crd -> names.add(crd.at("/metadata/name").asText()));
        names.removeIf(
                name -> !name.endsWith(".external-secrets.io") && !name.endsWith(".bitnami.com"));
        return names;
    }

    Set<String> namespaces() {
        Set<String> names = new TreeSet<>();
        plane.api()
                .get("/api/v1/namespaces")
                .path("items")
                .forEach(one -> names.add(one.at("/metadata/name").asText()));
        return names;
    }

    /** A file with the administrator's kubeconfig, changed by replacing a pattern. */
    Path kubeconfig(Path folder, String pattern, String replacement) {
        return write(folder, plane.kubeconfig().replaceAll(pattern, replacement));
    }

    /** A file with the administrator's kubeconfig. */
    Path kubeconfig(Path folder) {
        return write(folder, plane.kubeconfig());
    }

    static Path write(Path folder, String text) {
        try {
            return Files.writeString(Files.createTempFile(folder, "kube", ".config"), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitServed(int external, int sealed) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() ->
                        served("external-secrets.io/v1") == external
                                && served("bitnami.com/v1alpha1") == sealed);
    }

    private long served(String version) {
        var list = client.getApiResources(version);
        return list == null
                ? 0
                : list.getResources().stream()
                        .filter(kind -> !kind.getName().contains("/"))
                        .count();
    }

    @Override
    public void close() {
        client.close();
    }
}

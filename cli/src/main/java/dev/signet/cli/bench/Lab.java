package dev.signet.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.signet.api.CrdFile;
import dev.signet.api.Crds;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.ControlPlane;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.Progress;
import dev.signet.testbed.VaultApi;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The cluster and the vault that an operator is measured on: a real API server, a real vault, and
 * one ClusterSecretStore, whose login is an AppRole.
 */
final class Lab implements AutoCloseable {

    static final String STORE = "bench";
    static final String EXTERNAL_SECRETS = "/apis/external-secrets.io/v1/externalsecrets";

    static final String SEALED_SECRETS = "/apis/bitnami.com/v1alpha1/sealedsecrets";

    private static final String GROUP = "/apis/external-secrets.io/v1";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ControlPlane plane;
    private final OpenBao vault;
    private final Calls calls;
    private int values;

    private Lab(ControlPlane plane, OpenBao vault) {
        this.plane = plane;
        this.vault = vault;
        this.calls = new Calls(plane, HttpClient.Version.HTTP_1_1);
    }

    /** Starts both servers and makes the store. */
    static Lab start(Binaries binaries, BenchSettings settings, Progress progress) {
        boolean churn = settings.shape() == Shape.CHURN;
        ControlPlane.Builder planes = ControlPlane.builder(binaries);
        OpenBao.Builder vaults = OpenBao.builder(binaries).withoutAuditLog();
        progress.line("starting kube-apiserver, etcd and OpenBao");
        ControlPlane plane = (churn ? planes.withGarbageCollector() : planes).start();
        try {
            OpenBao vault = (churn ? vaults.persistent() : vaults).start();
            try {
                Lab lab = new Lab(plane, vault);
                lab.prepare(churn);
                return lab;
            } catch (RuntimeException | Error e) {
                vault.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            plane.close();
            throw e;
        }
    }

    ControlPlane plane() {
        return plane;
    }

    OpenBao vault() {
        return vault;
    }

    Calls calls() {
        return calls;
    }

    /** Where this lab's files may lie; gone once it is closed. */
    Path folder() {
        return plane.logs();
    }

    VaultFigures vaultFigures() {
        return VaultFigures.now(vault.api());
    }

    ApiFigures apiFigures() {
        return ApiFigures.of(calls.get("/metrics"));
    }

    private void prepare(boolean engineMissing) {
        for (CrdFile crd : Crds.all()) {
            calls.postYaml(
                    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
                    crd.yaml().getBytes(UTF_8));
        }
        Patience.until(
                "the CRDs to be served",
                LIMIT,
                () -> {
                    String served = calls.find(GROUP);
                    return served.contains("\"externalsecrets\"")
                            && served.contains("\"clustersecretstores\"")
                            && served.contains("\"secretstores\"")
                            && !calls.find(EXTERNAL_SECRETS + "?limit=1").isEmpty()
                            && !calls.find(SEALED_SECRETS + "?limit=1").isEmpty();
                });
        VaultApi api = vault.api();
        if (engineMissing) {
            api.enableKv("secret", 2);
        }
        api.policy("bench", "path \"secret/*\" { capabilities = [\"read\", \"list\"] }");
        api.enableAuth("approle", "approle");
        VaultApi.AppRole role =
                api.appRole("approle", "bench", List.of("bench"), Duration.ofHours(12));
        plane.api()
                .create(
                        "/api/v1/namespaces/default/secrets",
                        Map.of(
                                "metadata",
                                Map.of("name", "vault-login"),
                                "stringData",
                                Map.of("secret-id", role.secretId())));
        calls.post(GROUP + "/clustersecretstores", store(role).getBytes(UTF_8));
    }

    private String store(VaultApi.AppRole role) {
        return """
        {"apiVersion":"external-secrets.io/v1","kind":"ClusterSecretStore",
         "metadata":{"name":"%s"},
         "spec":{"provider":{"vault":{"server":"%s","path":"secret","version":"v2",
          "auth":{"appRole":{"path":"approle","roleId":"%s",
           "secretRef":{"namespace":"default","name":"vault-login","key":"secret-id"}}}}}}}
        """
                .formatted(STORE, vault.address(), role.roleId());
    }

    /** Makes sure that the vault holds the values from 0 to below {@code count}. */
    void values(int count, int atOnce) {
        Parallel.each(values, count, atOnce, i -> value(i, "value-" + i));
        values = Math.max(values, count);
    }

    /** Writes a value. */
    void value(int index, String value) {
        vault.api().putKv2("secret", Fleet.remoteKey(index), Map.of("value", value));
    }

    /** The version of all objects of now, from which a watch can go on. */
    String resourceVersion(String collection) {
        String list = calls.get(collection + "?limit=1");
        String key = "\"resourceVersion\":\"";
        int at = list.indexOf(key, list.indexOf("\"metadata\":{")) + key.length();
        return list.substring(at, list.indexOf('"', at));
    }

    @Override
    public void close() {
        calls.close();
        try {
            vault.close();
        } finally {
            plane.close();
        }
    }
}

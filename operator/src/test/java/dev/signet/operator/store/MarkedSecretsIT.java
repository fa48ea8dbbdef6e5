package dev.signet.operator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.operator.KubernetesClients;
import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;
import dev.signet.provider.SecretValue;
import dev.signet.testbed.KubeApi;
import dev.signet.testbed.SharedControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Secrets that are given out whole, if their owner has marked them for it. */
class MarkedSecretsIT {

    private static final String LABEL = "external-secrets.io/type";

    private static KubernetesClient client;
    private static String own;
    private static String other;

    @BeforeAll
    static void start() {
        client = KubernetesClients.fromKubeconfig(SharedControlPlane.get().kubeconfig());
        own = SharedControlPlane.freshNamespace();
        other = SharedControlPlane.freshNamespace();
        secret(own, "marked", Map.of(LABEL, "webhook"));
        secret(own, "otherwise", Map.of(LABEL, "something"));
        secret(own, "plain", Map.of());
        secret(other, "marked", Map.of());
        secret(other, "theirs", Map.of(LABEL, "webhook"));
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    private static void secret(String namespace, String name, Map<String, String> labels) {
        KubeApi api = SharedControlPlane.get().api();
        api.create(
                "/api/v1/namespaces/%s/secrets".formatted(namespace),
                Map.of(
                        "metadata",
                        Map.of("name", name, "labels", labels),
                        "stringData",
                        Map.of("a", "1", "b.c", "c4n4ry")));
    }

    private static References references(StoreKind kind) {
        return new ReferenceResolver(client, Path.of("none"))
                .within(
                        new ReferenceScope(
                                new StoreKey(
                                        kind, kind == StoreKind.SECRET_STORE ? own : "", "store"),
                                own));
    }

    private static Map<String, SecretValue> read(StoreKind kind, String namespace, String name)
            throws Exception {
        return references(kind)
                .readMarked(new Reference.SecretKey(namespace, name, ""), LABEL, "webhook");
    }

    @Test
    void givesAllKeysOfAMarkedSecret() throws Exception {
        assertThat(read(StoreKind.SECRET_STORE, "", "marked"))
                .isEqualTo(
                        Map.of("a", SecretValue.ofUtf8("1"), "b.c", SecretValue.ofUtf8("c4n4ry")));
        assertThat(read(StoreKind.CLUSTER_SECRET_STORE, other, "theirs")).hasSize(2);
    }

    @Test
    void refusesSecretsThatAreNotMarked() {
        for (String name : new String[] {"plain", "otherwise"}) {
            assertThatThrownBy(() -> read(StoreKind.SECRET_STORE, "", name))
                    .isInstanceOfSatisfying(
                            ReferenceException.class,
                            e -> assertThat(e.reason()).isEqualTo(ReferenceException.Cause.DENIED))
                    .hasMessageContaining(LABEL + ": webhook")
                    .hasMessageNotContaining("c4n4ry");
        }
    }

    @Test
    void neverLeavesTheNamespaceOfASecretStore() throws Exception {
        assertThat(read(StoreKind.SECRET_STORE, other, "marked")).hasSize(2);
        assertThatThrownBy(() -> read(StoreKind.SECRET_STORE, other, "theirs"))
                .hasMessageContaining("in namespace " + own + ", which does not exist");
    }
}

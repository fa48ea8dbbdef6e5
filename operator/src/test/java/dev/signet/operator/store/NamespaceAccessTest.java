package dev.signet.operator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.api.store.SecretStoreSpec;
import dev.signet.api.store.StoreCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamespaceAccessTest {

    private static boolean allows(String regexp, String namespace) throws StoreProblemException {
        var condition = new StoreCondition(null, List.of(), List.of(regexp));
        var spec = new SecretStoreSpec("", null, null, null, List.of(condition), null);
        var key = new StoreKey(StoreKind.CLUSTER_SECRET_STORE, "", "shared");
        try (KubernetesClient unused = new KubernetesClientBuilder().build()) {
            return new NamespaceAccess(unused)
                    .allows(
                            new Store(key, "uid", 1, spec, Store.Readiness.READY, "", null),
                            namespace);
        }
    }

    @Test
    void matchesNamesAnywhere() throws StoreProblemException {
        assertThat(allows("^team-[a-c]$", "team-b")).isTrue();
        assertThat(allows("^team-[a-c]$", "team-d")).isFalse();
    }

    @Test
    void refusesAnExpressionThatWouldEatTheMemory() {
        assertThatThrownBy(() -> allows("((a{1000}){1000}){1000}", "team-a"))
                .isInstanceOf(StoreProblemException.class)
                .hasMessageContaining("ClusterSecretStore shared")
                .hasMessageContaining("too large");
    }
}

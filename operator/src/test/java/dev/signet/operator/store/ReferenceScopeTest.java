package dev.signet.operator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceScopeTest {

    private static final ReferenceScope OWN =
            new ReferenceScope(new StoreKey(StoreKind.SECRET_STORE, "team", "vault"), "team");
    private static final ReferenceScope SHARED =
            new ReferenceScope(new StoreKey(StoreKind.CLUSTER_SECRET_STORE, "", "vault"), "caller");

    @Test
    void secretStoreReadsSecretsAndAccountsInItsOwnNamespaceWhateverIsWritten() throws Exception {
        for (String written : List.of("", "team", "kube-system")) {
            assertThat(OWN.namespaceOf(new Reference.SecretKey(written, "s", "k")))
                    .isEqualTo("team");
            assertThat(OWN.namespaceOf(new Reference.ServiceAccount(written, "a", List.of())))
                    .isEqualTo("team");
        }
    }

    @Test
    void secretStoreIsRefusedAConfigMapOfAnotherNamespace() throws Exception {
        assertThat(OWN.namespaceOf(new Reference.ConfigMapKey("", "ca", "k"))).isEqualTo("team");
        assertThat(OWN.namespaceOf(new Reference.ConfigMapKey("team", "ca", "k")))
                .isEqualTo("team");
        assertThatThrownBy(
                        () -> OWN.namespaceOf(new Reference.ConfigMapKey("kube-system", "ca", "k")))
                .isInstanceOf(ReferenceException.class)
                .hasMessage(
                        "SecretStore team/vault may not read ConfigMap ca (key k) in namespace kube-system; a SecretStore reads in its own namespace only");
    }

    @Test
    void clusterStoreReadsWhereItSaysAndElseAtTheCaller() throws Exception {
        assertThat(SHARED.namespaceOf(new Reference.SecretKey("vaults", "s", "k")))
                .isEqualTo("vaults");
        assertThat(SHARED.namespaceOf(new Reference.SecretKey("", "s", "k"))).isEqualTo("caller");
    }

    @Test
    void clusterStoreThatServesNobodyNeedsANamespace() {
        ReferenceScope idle = new ReferenceScope(SHARED.store(), "");

        assertThatThrownBy(() -> idle.namespaceOf(new Reference.SecretKey("", "s", "k")))
                .isInstanceOf(ReferenceException.class)
                .hasMessageContaining("ClusterSecretStore vault refers to Secret s (key k)");
    }

    @Test
    void onlyAClusterStoreWithoutANamespaceDependsOnTheCaller() {
        assertThat(SHARED.isReferent(new Reference.SecretKey("", "s", "k"))).isTrue();
        assertThat(SHARED.isReferent(new Reference.SecretKey("vaults", "s", "k"))).isFalse();
        assertThat(OWN.isReferent(new Reference.SecretKey("", "s", "k"))).isFalse();
    }

    @Test
    void sealedValuesAreThoseOfTheNamespaceServedAndOfNoOther() throws Exception {
        for (String written : List.of("", "team")) {
            assertThat(OWN.namespaceOf(new Reference.SealedSecrets(written))).isEqualTo("team");
        }
        for (String written : List.of("", "caller")) {
            Reference.SealedSecrets sealed = new Reference.SealedSecrets(written);
            assertThat(SHARED.namespaceOf(sealed)).isEqualTo("caller");
            assertThat(SHARED.isReferent(sealed)).isTrue();
        }
        for (ReferenceScope scope : List.of(OWN, SHARED)) {
            assertThatThrownBy(() -> scope.namespaceOf(new Reference.SealedSecrets("kube-system")))
                    .isInstanceOfSatisfying(
                            ReferenceException.class,
                            e -> assertThat(e.reason()).isEqualTo(ReferenceException.Cause.DENIED))
                    .hasMessageContaining(
                            "may not serve the SealedSecrets of namespace kube-system");
        }
    }
}

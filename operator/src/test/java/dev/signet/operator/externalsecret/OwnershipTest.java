package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.api.ExternalSecret;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.junit.jupiter.api.Test;

class OwnershipTest {

    private static final ExternalSecret OWNER = owner();

    @Test
    void secretThatNobodyControlsIsTakenIfAskedFor() throws SyncException {
        OwnerReference other = reference("ConfigMap", "v1", "settings", false);

        assertThat(Ownership.references(secret(other), OWNER, true))
                .hasSize(2)
                .contains(other)
                .last()
                .satisfies(own -> {
                    assertThat(own.getApiVersion()).isEqualTo("external-secrets.io/v1");
                    assertThat(own.getKind()).isEqualTo("ExternalSecret");
                    assertThat(own.getName()).isEqualTo("app");
                    assertThat(own.getUid()).isEqualTo("uid-2");
                    assertThat(own.getController()).isTrue();
                    assertThat(own.getBlockOwnerDeletion()).isTrue();
                });
        assertThat(Ownership.references(secret(other), OWNER, false)).containsExactly(other);
    }

    @Test
    void secretOfAnEarlierLifeIsOursAndIsTakenAnew() throws SyncException {
        Secret secret =
                secret(reference("ExternalSecret", "external-secrets.io/v1beta1", "app", true));

        assertThat(Ownership.isControlledBy(secret, OWNER)).isTrue();
        assertThat(Ownership.references(secret, OWNER, true))
                .extracting(OwnerReference::getUid)
                .containsExactly("uid-2");
        assertThat(Ownership.references(secret, OWNER, false)).as("let go").isEmpty();
    }

    @Test
    void secretOfAnotherExternalSecretIsLeftAloneInAnyCase() {
        Secret secret =
                secret(reference("ExternalSecret", "external-secrets.io/v1", "other", true));

        assertThat(Ownership.isControlledBy(secret, OWNER)).isFalse();
        for (boolean own : new boolean[] {true, false}) {
            assertThatThrownBy(() -> Ownership.references(secret, OWNER, own))
                    .isInstanceOfSatisfying(
                            SyncException.class,
                            e ->
                                    assertThat(e.text())
                                            .contains(
                                                    "Secret app is kept by ExternalSecret other"));
        }
    }

    @Test
    void secretOfAnotherKindOfOwnerMayBeWrittenToButNotOwned() throws SyncException {
        OwnerReference other = reference("Certificate", "cert-manager.io/v1", "app", true);

        assertThat(Ownership.references(secret(other), OWNER, false)).containsExactly(other);
        assertThatThrownBy(() -> Ownership.references(secret(other), OWNER, true))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        e ->
                                assertThat(e.text())
                                        .contains("Secret app is controlled by Certificate app"));
    }

    private static ExternalSecret owner() {
        ExternalSecret owner = new ExternalSecret();
        owner.setMetadata(new ObjectMetaBuilder().withName("app").withUid("uid-2").build());
        return owner;
    }

    private static Secret secret(OwnerReference reference) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("app")
                .withOwnerReferences(reference)
                .endMetadata()
                .build();
    }

    private static OwnerReference reference(
            String kind, String apiVersion, String name, boolean controller) {
        return new OwnerReferenceBuilder()
                .withApiVersion(apiVersion)
                .withKind(kind)
                .withName(name)
                .withUid("uid-1")
                .withController(controller)
                .build();
    }
}

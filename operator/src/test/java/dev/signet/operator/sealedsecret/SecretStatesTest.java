package dev.signet.operator.sealedsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.operator.sealedsecret.SecretStates.State;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretStatesTest {

    private static final String UID = "11111111-2222-3333-4444-555555555555";

    private final SecretStates states = new SecretStates();

    private static GenericKubernetesResource secret(String version) {
        GenericKubernetesResource secret = new GenericKubernetesResource();
        secret.setMetadata(
                new ObjectMetaBuilder()
                        .withNamespace("n")
                        .withName("a")
                        .withUid(UID)
                        .withResourceVersion(version)
                        .withAnnotations(Map.of("last-applied", "c2VjcmV0"))
                        .build());
        return secret;
    }

    @Test
    void onlyNamesAndVersionsAreKept() {
        GenericKubernetesResource secret = secret("5");

        assertThat(states.put(states.getKey(secret), secret)).isNull();

        assertThat(secret.toString()).doesNotContain("c2VjcmV0");
        assertThat(states.values())
                .singleElement()
                .satisfies(kept -> {
                    assertThat(kept.getMetadata().getUid()).isEqualTo(UID);
                    assertThat(kept.getMetadata().getResourceVersion()).isEqualTo("5");
                    assertThat(kept.getMetadata().getNamespace()).isEqualTo("n");
                    assertThat(kept.getMetadata().getName()).isEqualTo("a");
                });
        assertThat(states.find("n", "a")).contains(State.of(UID, "5"));
        assertThat(states.remove("n/a")).isNotNull();
        assertThat(states.find("n", "a")).isEmpty();
    }

    @Test
    void olderStatesOfTheSameSecretAreTold() {
        State now = State.of(UID, "10");

        assertThat(State.of(UID, "9").isBefore(now)).isTrue();
        assertThat(State.of(UID, "10").isBefore(now)).isFalse();
        assertThat(State.of(UID, "11").isBefore(now)).isFalse();
        assertThat(State.of("other", "9").isBefore(now)).isFalse();
        assertThat(State.of(UID, "no number").isBefore(now)).isFalse();
    }
}

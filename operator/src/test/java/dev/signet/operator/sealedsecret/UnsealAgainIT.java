package dev.signet.operator.sealedsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.sealed.SealedSecret;
import dev.signet.operator.KubernetesClients;
import dev.signet.operator.rig.Rig;
import dev.signet.sealed.UnsealingKey;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.ControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What happens after a restart, and when all is made anew. The control plane is its own, for the
 * garbage collector would take Secrets that other tests hold.
 */
class UnsealAgainIT {

    private static final UnsealingKey KEY = MovingKeys.generate("key-1");
    private static final int COUNT = 20;

    private static ControlPlane plane;

    private UnsealRig rig;

    @BeforeAll
    static void startPlane() {
        plane = ControlPlane.builder(Binaries.discover()).start();
        try (KubernetesClient client = KubernetesClients.fromKubeconfig(plane.kubeconfig())) {
            Rig.installCrds(client);
        }
        // Started after the CRDs, it knows of them at once.
        plane.startGarbageCollector();
    }

    @AfterAll
    static void stopPlane() {
        plane.close();
    }

    @BeforeEach
    void start() {
        rig = new UnsealRig(plane, UnsealSettings.DEFAULTS);
        rig.keys().are(KEY);
        rig.start();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void given(String name, String value) {
        rig.apply(rig.manifest(name, "k", rig.sealed(KEY, name, value), "type: Opaque"));
    }

    private void fleet() {
        for (int i = 0; i < COUNT; i++) {
            given("s" + i, "v" + i);
        }
        for (int i = 0; i < COUNT; i++) {
            rig.awaitSynced("s" + i);
        }
        rig.await(() -> all(i -> rig.events("s" + i).size() == 1));
    }

    private boolean all(IntPredicate condition) {
        for (int i = 0; i < COUNT; i++) {
            if (!condition.test(i)) {
                return false;
            }
        }
        return true;
    }

    /** The state of everything: what a write or an event would change. */
    private List<String> states() {
        List<String> states = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            states.add(rig.sealedSecret("s" + i).getMetadata().getResourceVersion());
            states.add(rig.secret("s" + i).orElseThrow().getMetadata().getResourceVersion());
            states.addAll(rig.events("s" + i));
        }
        return states;
    }

    /** Waits until all that was there at the start has been looked at. */
    private void awaitLooked() {
        rig.await(() ->
                all(i -> rig.scrape().contains("condition=\"Synced\",name=\"s%d\",".formatted(i))));
    }

    @Test
    void restartOpensNothingAndWritesNothing() {
        fleet();
        List<String> before = states();
        rig.stop();

        rig.start();
        awaitLooked();

        assertThat(rig.openings()).isZero();
        assertThat(states()).isEqualTo(before);
    }

    @Test
    void restartOpensOnlyWhatChangedMeanwhile() {
        fleet();
        rig.stop();
        given("s1", "changed");
        rig.deleteSecret("s2");
        rig.patchSecret("s3", "{\"data\":{\"k\":\"eA==\"}}");

        rig.start();

        rig.awaitData("s1", Map.of("k", "changed"));
        rig.awaitData("s2", Map.of("k", "v2"));
        rig.awaitData("s3", Map.of("k", "v3"));
        awaitLooked();
        assertThat(rig.openings()).isEqualTo(3);
    }

    @Test
    void whereTheOutcomeIsNotKeptAllIsOpenedAndNothingElseHappens() {
        fleet();
        rig.stop();
        for (int i = 0; i < COUNT; i++) {
            rig.client()
                    .resources(SealedSecret.class)
                    .inNamespace(rig.namespace())
                    .withName("s" + i)
                    .subresource("status")
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"status\":{\"unsealed\":null}}");
        }
        List<String> secrets = secretVersions();

        rig.start();
        awaitLooked();

        assertThat(rig.openings()).isEqualTo(COUNT);
        assertThat(secretVersions()).isEqualTo(secrets);
        assertThat(all(i -> rig.events("s" + i).size() == 1)).isTrue();
    }

    private List<String> secretVersions() {
        List<String> versions = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            versions.add(rig.secret("s" + i).orElseThrow().getMetadata().getResourceVersion());
        }
        return versions;
    }

    @Test
    void secretSurvivesThatItsSealedSecretIsDeletedAndMadeAgainAtOnce() {
        given("again", "v");
        rig.awaitSynced("again");
        for (int i = 0; i < 2; i++) {
            rig.deleteSealed("again");
            given("again", "v");
            String uid = rig.sealedSecret("again").getMetadata().getUid();

            rig.await(() ->
                    rig.secret("again")
                            .filter(secret -> secret.getMetadata().getDeletionTimestamp() == null)
                            .map(secret -> secret.getMetadata().getOwnerReferences().getFirst())
                            .filter(owner -> owner.getUid().equals(uid))
                            .isPresent());
            rig.awaitSynced("again");
        }
    }

    @Test
    void secretGoesWithItsSealedSecret() {
        given("gone", "v");
        rig.awaitSynced("gone");

        rig.deleteSealed("gone");

        rig.await(() -> rig.secret("gone").isEmpty());
        rig.await(() -> !rig.scrape().contains("name=\"gone\""));
    }
}

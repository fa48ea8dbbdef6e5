package dev.signet.operator.sealedsecret;

import dev.signet.sealed.UnsealingKey;
import dev.signet.testbed.SharedControlPlane;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects that the API server takes and that cannot be read here. */
class HostileObjectsIT {

    private static final UnsealingKey KEY = MovingKeys.generate("key-1");

    private UnsealRig rig;

    @BeforeEach
    void start() {
        rig = new UnsealRig(SharedControlPlane.get(), UnsealSettings.DEFAULTS);
        rig.keys().are(KEY);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void create(String name, String spec) {
        rig.create(
                """
                {"apiVersion":"bitnami.com/v1alpha1","kind":"SealedSecret","metadata":{"name":"%s"},
                 "spec":%s}
                """
                        .formatted(name, spec));
    }

    /** One with a name that is too long, and one with a tree that is too deep. */
    private void hostile(String suffix) {
        create(
                "long-" + suffix,
                "{\"encryptedData\":{\"%s\":\"AgA=\"}}".formatted("k".repeat(60_000)));
        create(
                "deep-" + suffix,
                "{\"encryptedData\":{},\"template\":{\"metadata\":{\"x\":%s%s}}}"
                        .formatted("[".repeat(5_000), "]".repeat(5_000)));
    }

    private void healthy(String name) {
        rig.apply(rig.manifest(name, "k", rig.sealed(KEY, name, "v"), "type: Opaque"));
    }

    private void awaitToldToBeUnreadable(String name) {
        rig.await(() -> rig.text(name).contains("cannot be read"));
    }

    @Test
    void theyAreToldSoAndTheOthersAreUnsealed() {
        hostile("listed");
        healthy("listed");
        rig.start();
        rig.awaitData("listed", Map.of("k", "v"));

        hostile("watched");
        healthy("watched");
        rig.awaitData("watched", Map.of("k", "v"));

        awaitToldToBeUnreadable("long-listed");
        awaitToldToBeUnreadable("deep-listed");
        awaitToldToBeUnreadable("long-watched");
        awaitToldToBeUnreadable("deep-watched");
    }
}

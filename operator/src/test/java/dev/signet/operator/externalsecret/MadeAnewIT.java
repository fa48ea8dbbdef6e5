package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.ExternalSecret;
import dev.signet.api.StatusCondition;
import dev.signet.api.store.SecretStore;
import dev.signet.operator.rig.Rig;
import io.fabric8.kubernetes.client.CustomResource;
import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Objects that are deleted and made anew so quickly that the news of both come together. */
class MadeAnewIT {

    private static final int MANY = 60;

    private static Rig rig;
    private static Scene scene;

    @BeforeAll
    static void start() {
        rig = Rig.start();
        scene = new Scene(rig);
        scene.store("fake", "[{key: a, value: '1'}]");
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @Test
    void externalSecretMadeAnewIsSynced() {
        IntStream.range(0, MANY).forEach(i -> scene.externalSecret("es-" + i, "fake"));
        IntStream.range(0, MANY).forEach(i -> rig.awaitReady("es-" + i));

        IntStream.range(0, MANY)
                .parallel()
                .forEach(i -> {
                    rig.forceSync("es-" + i);
                    delete(ExternalSecret.class, "es-" + i);
                    scene.externalSecret("es-" + i, "fake");
                });

        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .untilAsserted(() ->
                        assertThat(IntStream.range(0, MANY))
                                .allMatch(i ->
                                        rig.ready("es-" + i)
                                                .filter(StatusCondition::isTrue)
                                                .isPresent()));
    }

    @Test
    void storeMadeAnewIsValidated() {
        IntStream.range(0, MANY).forEach(i -> scene.store("store-" + i, "[{key: a, value: '1'}]"));
        IntStream.range(0, MANY).forEach(MadeAnewIT::awaitVerdict);

        IntStream.range(0, MANY)
                .parallel()
                .forEach(i -> {
                    delete(SecretStore.class, "store-" + i);
                    scene.store("store-" + i, "[{key: a, value: '2'}]");
                });

        IntStream.range(0, MANY).forEach(MadeAnewIT::awaitVerdict);
    }

    private static void awaitVerdict(int store) {
        rig.await(() ->
                rig.client()
                                .resources(SecretStore.class)
                                .inNamespace(rig.namespace())
                                .withName("store-" + store)
                                .require()
                                .getStatus()
                        != null);
    }

    private static <T extends CustomResource<?, ?>> void delete(Class<T> kind, String name) {
        rig.client().resources(kind).inNamespace(rig.namespace()).withName(name).delete();
    }
}

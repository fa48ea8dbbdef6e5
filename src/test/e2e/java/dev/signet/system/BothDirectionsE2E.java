package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.api.sealed.SealedSecret;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.Opened;
import dev.signet.sealed.Opener;
import dev.signet.sealed.SealedItems;
import dev.signet.sealed.Unsealed;
import dev.signet.sealed.Unsealer;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.BitnamiController;
import dev.signet.testbed.ClientProgram;
import dev.signet.testbed.SharedControlPlane;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What Bitnami's real programs seal is opened by our code, and what our code seals is opened by
 * them, with the same keys: every scope with every kind of key and of value, and others as they
 * come. How many there were is printed.
 */
class BothDirectionsE2E {

    private static final Binaries BINARIES = Binaries.discover();
    private static final int DRAWN = 24;
    private static final long SEED = System.nanoTime();

    private static SealingKeys keys;
    private static Space space;
    private static ClientProgram kubeseal;
    private static BitnamiController controller;
    private static Opener opener;

    @BeforeAll
    static void start() throws IOException {
        keys = SealingKeys.ofAllKinds();
        space = Space.fresh();
        keys.store(SharedControlPlane.get().api(), space.namespace());
        controller =
                BitnamiController.builder(BINARIES, SharedControlPlane.get(), space.namespace())
                        .withFlag("--all-namespaces=false")
                        .withFlag("--kubeclient-qps=-1")
                        .start();
        kubeseal = ClientProgram.kubeseal(BINARIES, "");
        for (SealingKeys.Pair pair : keys.pairs()) {
            Files.writeString(kubeseal.folder().resolve(pair + ".crt"), pair.certificatePem());
            Files.writeString(kubeseal.folder().resolve(pair + ".key"), pair.keyPem());
        }
        opener = new Opener();
    }

    @AfterAll
    static void stop() {
        opener.close();
        kubeseal.close();
        controller.close();
        space.close();
    }

    @Test
    void weOpenWhatKubesealSeals() throws Exception {
        Unsealer unsealer = new Unsealer(opener, new ObjectMapper(), true);
        List<SealingCase> cases = cases("by-kubeseal");
        for (SealingCase one : cases) {
            String sealed =
                    kubeseal.runOn(one.secret(), "--cert", one.pair() + ".crt").succeeded().text();

            Unsealed opened =
                    unsealer.unseal(
                            Serialization.unmarshal(sealed, SealedSecret.class), keys.ring());

            assertThat(opened).as(one.toString()).isInstanceOf(Unsealed.Made.class);
            Map<String, byte[]> values = new TreeMap<>();
            ((Unsealed.Made) opened)
                    .secret()
                    .getData()
                    .forEach((key, text) -> values.put(key, Base64.getDecoder().decode(text)));
            one.assertOpened(values);
        }
        tell("sealed by kubeseal and opened by us", cases);
    }

    @Test
    void weOpenWhatKubesealSealsRaw() throws Exception {
        List<SealingCase> cases =
                SealingCase.drawn(space.namespace(), "raw", keys, new Random(SEED), DRAWN);
        for (SealingCase one : cases) {
            Map.Entry<String, List<Byte>> item = one.values().entrySet().iterator().next();
            String sealed =
                    kubeseal.runOn(
                                    SealingCase.unboxed(item.getValue()),
                                    "--raw",
                                    "--cert=" + one.pair() + ".crt",
                                    "--scope=" + one.scope().word(),
                                    "--namespace=" + one.namespace(),
                                    "--name=" + one.name())
                            .succeeded()
                            .text();

            Opened opened =
                    opener.open(
                            new SealedItems(
                                    one.namespace(),
                                    one.name(),
                                    one.scope(),
                                    Map.of(item.getKey(), sealed)),
                            keys.ring());

            assertThat(opened).as(one.toString()).isInstanceOf(Opened.Values.class);
            SecretValue value = ((Opened.Values) opened).values().get(item.getKey());
            assertThat(value).as(one.toString()).isNotNull();
            assertThat(value.bytes()).isEqualTo(SealingCase.unboxed(item.getValue()));
        }
        tell("sealed by kubeseal --raw and opened by us", cases.size(), cases.size());
    }

    @Test
    void theirControllerOpensWhatWeSeal() {
        List<SealingCase> cases = cases("by-us");
        for (SealingCase one : cases) {
            SharedControlPlane.get()
                    .api()
                    .create(
                            Kind.SEALED_SECRET.path(one.namespace()),
                            SealingCase.parse(one.sealedByUs()));
        }
        for (SealingCase one : cases) {
            Space.await(() ->
                    assertThat(space.find(Kind.SECRET, one.name()))
                            .as(() -> one + controller.quotedLog())
                            .isPresent());
            one.assertHeldBy(space.get(Kind.SECRET, one.name()));
        }
        tell("sealed by us and opened by Bitnami's controller", cases);
    }

    @Test
    void kubesealRecoversWhatWeSeal() {
        String allKeys =
                String.join(",", keys.pairs().stream().map(pair -> pair + ".key").toList());
        List<SealingCase> cases = cases("recovered");
        for (SealingCase one : cases) {
            String secret =
                    kubeseal.runOn(
                                    one.sealedByUs(),
                                    "--recovery-unseal",
                                    "--recovery-private-key=" + allKeys)
                            .succeeded()
                            .text();

            one.assertHeldBy(SealingCase.parse(secret));
        }
        tell("sealed by us and recovered by kubeseal", cases);
    }

    @Test
    void neitherOpensWhatWasMovedToAnotherName() throws Exception {
        SealingCase strict = cases("moved").getFirst();
        String moved = strict.sealedByUs("elsewhere");
        SharedControlPlane.get()
                .api()
                .create(Kind.SEALED_SECRET.path(space.namespace()), SealingCase.parse(moved));

        Space.await(() ->
                assertThat(condition("elsewhere").path("message").asText())
                        .contains("no key could decrypt secret"));
        Unsealed ours =
                new Unsealer(opener, new ObjectMapper(), true)
                        .unseal(Serialization.unmarshal(moved, SealedSecret.class), keys.ring());

        assertThat(condition("elsewhere").path("status").asText()).isEqualTo("False");
        assertThat(space.find(Kind.SECRET, "elsewhere")).isEmpty();
        assertThat(((Unsealed.Unopened) ours).message())
                .isEqualTo("no key could decrypt secret (LARGE_one, empty, every.byte, one)");
    }

    private static JsonNode condition(String name) {
        return space.get(Kind.SEALED_SECRET, name).at("/status/conditions/0");
    }

    private static List<SealingCase> cases(String prefix) {
        List<SealingCase> all =
                new ArrayList<>(SealingCase.matrix(space.namespace(), prefix, keys));
        all.addAll(SealingCase.drawn(space.namespace(), prefix, keys, new Random(SEED + 1), DRAWN));
        return all;
    }

    private static void tell(String what, List<SealingCase> cases) {
        tell(what, cases.size(), cases.stream().mapToInt(one -> one.values().size()).sum());
    }

    private static void tell(String what, int objects, int values) {
        System.out.printf("%s: %d objects, %d values (seed %d)%n", what, objects, values, SEED);
    }
}

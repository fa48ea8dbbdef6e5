package dev.signet.operator.sealedsecret;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretMergeTest {

    private static final OwnerReference OURS = owner("SealedSecret", "ours", true);
    private static final OwnerReference THEIRS = owner("ConfigMap", "theirs", false);

    private static OwnerReference owner(String kind, String uid, boolean controller) {
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind(kind)
                .withName("a")
                .withUid(uid)
                .withController(controller)
                .build();
    }

    private static Secret secret(
            Map<String, String> data, Map<String, String> labels, OwnerReference... owners) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace("n")
                .withName("a")
                .withLabels(labels)
                .withAnnotations(labels)
                .withOwnerReferences(owners)
                .endMetadata()
                .withType("Opaque")
                .withData(data)
                .build();
    }

    private static Map<String, String> some(Random random) {
        Map<String, String> some = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            some.put("k" + random.nextInt(5), "v" + random.nextInt(2));
        }
        return some;
    }

    private static Secret result(Secret actual, Step step) {
        return step instanceof Step.Replace(Secret next) ? next : actual;
    }

    private static Map<String, String> joined(Map<String, String> a, Map<String, String> b) {
        Map<String, String> all = new HashMap<>(a);
        all.putAll(b);
        return all;
    }

    @Test
    void whatIsWrittenFollowsTheClaimAndIsThenInStep() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            Secret actual =
                    random.nextBoolean()
                            ? secret(some(random), some(random), THEIRS)
                            : secret(some(random), some(random), OURS, THEIRS);
            Secret wanted = SecretMerge.fresh(secret(some(random), some(random), OURS));
            boolean whole = random.nextBoolean();
            for (Claim claim : Claim.values()) {
                Step step = SecretMerge.decide(actual, wanted, claim, whole);
                Secret now = result(actual, step);
                Map<String, String> labels = now.getMetadata().getLabels();
                Set<OwnerReference> owners = new HashSet<>(now.getMetadata().getOwnerReferences());
                boolean keepsOthers = claim == Claim.OWNED && !whole;
                switch (claim) {
                    case FOREIGN -> {
                        assertThat(step).isInstanceOf(Step.Refuse.class);
                        continue;
                    }
                    case OWNED, TAKEN -> {
                        assertThat(now.getData()).isEqualTo(wanted.getData());
                        assertThat(labels)
                                .isEqualTo(
                                        keepsOthers
                                                ? joined(
                                                        actual.getMetadata().getLabels(),
                                                        wanted.getMetadata().getLabels())
                                                : wanted.getMetadata().getLabels());
                        assertThat(owners)
                                .isEqualTo(keepsOthers ? Set.of(OURS, THEIRS) : Set.of(OURS));
                    }
                    case PATCHED, PATCHED_AND_OWNED -> {
                        assertThat(now.getData())
                                .isEqualTo(joined(actual.getData(), wanted.getData()));
                        assertThat(labels)
                                .isEqualTo(
                                        joined(
                                                actual.getMetadata().getLabels(),
                                                wanted.getMetadata().getLabels()));
                        assertThat(owners)
                                .isEqualTo(
                                        claim == Claim.PATCHED
                                                ? new HashSet<>(
                                                        actual.getMetadata().getOwnerReferences())
                                                : Set.of(OURS));
                    }
                }
                assertThat(SecretMerge.decide(now, wanted, claim, whole))
                        .isInstanceOf(Step.Keep.class);
            }
        }
    }

    @Test
    void immutableSecretTakesLabelsButNoData() {
        Secret actual = secret(Map.of("k", "djE="), Map.of(), OURS);
        actual.setImmutable(true);
        Secret labelled = SecretMerge.fresh(secret(Map.of("k", "djE="), Map.of("a", "b"), OURS));
        Secret changed = SecretMerge.fresh(secret(Map.of("k", "djI="), Map.of(), OURS));

        assertThat(SecretMerge.decide(actual, labelled, Claim.OWNED, true))
                .isInstanceOfSatisfying(
                        Step.Replace.class,
                        replace -> assertThat(replace.secret().getImmutable()).isTrue());
        assertThat(SecretMerge.decide(actual, changed, Claim.OWNED, true))
                .isEqualTo(
                        new Step.Refuse(
                                false,
                                "the target Secret is immutable; delete Secret \"a\", and it is made again with the new values"));
    }

    @Test
    void valuesThatKubernetesPutsIntoATokenStay() {
        Secret actual =
                secret(
                        Map.of("token", "dA==", "ca.crt", "Yw==", "namespace", "bg==", "x", "eA=="),
                        Map.of(),
                        OURS);
        Secret wanted = SecretMerge.fresh(secret(Map.of("k", "djE="), Map.of(), OURS));
        actual.setType("kubernetes.io/service-account-token");
        wanted.setType("kubernetes.io/service-account-token");

        for (boolean whole : List.of(true, false)) {
            Secret now = result(actual, SecretMerge.decide(actual, wanted, Claim.OWNED, whole));

            assertThat(now.getData())
                    .isEqualTo(
                            Map.of(
                                    "token",
                                    "dA==",
                                    "ca.crt",
                                    "Yw==",
                                    "namespace",
                                    "bg==",
                                    "k",
                                    "djE="));
            assertThat(SecretMerge.decide(now, wanted, Claim.OWNED, whole))
                    .isInstanceOf(Step.Keep.class);
        }
    }

    @Test
    void noRefusalQuotesAValue() {
        Secret actual = secret(Map.of("k", "c2VjcmV0"), Map.of(), OURS);
        actual.setImmutable(true);
        Secret wanted = SecretMerge.fresh(secret(Map.of("k", "b3RoZXI="), Map.of(), OURS));
        wanted.setType("t");

        for (Claim claim : Claim.values()) {
            assertThat(SecretMerge.decide(actual, wanted, claim, true).toString())
                    .doesNotContain("c2VjcmV0", "b3RoZXI=");
        }
    }

    @Test
    void freshSecretLeavesOutWhatOnlyAServerSets() {
        Secret made = secret(Map.of("k", "djE="), Map.of("a", "b"));
        made.getMetadata().setResourceVersion("1");
        made.getMetadata().setUid("u");
        made.getMetadata().setCreationTimestamp("2020-01-01T00:00:00Z");
        made.getMetadata().setFinalizers(List.of("f"));
        made.setStringData(Map.of("s", "v1"));

        Secret fresh = SecretMerge.fresh(made);

        assertThat(fresh.getMetadata().getResourceVersion()).isNull();
        assertThat(fresh.getMetadata().getUid()).isNull();
        assertThat(fresh.getMetadata().getCreationTimestamp()).isNull();
        assertThat(fresh.getMetadata().getFinalizers()).containsExactly("f");
        assertThat(fresh.getData()).isEqualTo(Map.of("k", "djE=", "s", "djE="));
        assertThat(fresh.getStringData()).isNullOrEmpty();
    }
}

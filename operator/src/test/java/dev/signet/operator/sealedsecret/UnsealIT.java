package dev.signet.operator.sealedsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.sealed.SealedSecret;
import dev.signet.api.sealed.SealedSecretCondition;
import dev.signet.api.sealed.SealedSecretStatus;
import dev.signet.sealed.Scope;
import dev.signet.sealed.UnsealingKey;
import dev.signet.testbed.SharedControlPlane;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of SealedSecrets, and of the Secrets of their names. */
class UnsealIT {

    private static final UnsealingKey KEY = MovingKeys.generate("key-1");
    private static final UnsealingKey LATE = MovingKeys.generate("key-2");

    private static UnsealRig rig;

    @BeforeAll
    static void start() {
        rig = new UnsealRig(SharedControlPlane.get(), UnsealSettings.DEFAULTS);
        rig.keys().are(KEY);
        rig.start();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static void given(String name, String value) {
        given(name, value, "type: Opaque");
    }

    private static void given(String name, String value, String template) {
        rig.apply(rig.manifest(name, "k", rig.sealed(KEY, name, value), template));
    }

    private static OwnerReference owner(String name) {
        return rig.secret(name).orElseThrow().getMetadata().getOwnerReferences().getFirst();
    }

    @Test
    void secretIsMadeAsTheTemplateSays() {
        given(
                "made",
                "v",
                "type: example.com/t, immutable: true, metadata: {labels: {a: b}, annotations: {c: d}, resourceVersion: '7'}");

        SealedSecretCondition synced = rig.awaitSynced("made");
        assertThat(synced.type()).isEqualTo("Synced");
        assertThat(synced.reason()).isEqualTo("Unsealed");
        assertThat(synced.message()).isEmpty();
        Secret secret = rig.secret("made").orElseThrow();
        assertThat(rig.data("made")).isEqualTo(Map.of("k", "v"));
        assertThat(secret.getType()).isEqualTo("example.com/t");
        assertThat(secret.getImmutable()).isTrue();
        assertThat(secret.getMetadata().getLabels()).isEqualTo(Map.of("a", "b"));
        assertThat(secret.getMetadata().getAnnotations()).isEqualTo(Map.of("c", "d"));
        assertThat(secret.getMetadata().getManagedFields())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.getManager()).isEqualTo("controller");
                    assertThat(entry.getOperation()).isEqualTo("Update");
                });
        assertThat(owner("made").getUid())
                .isEqualTo(rig.sealedSecret("made").getMetadata().getUid());
        assertThat(owner("made").getController()).isTrue();
        rig.await(() ->
                rig.events("made")
                        .equals(List.of("Unsealed x1: SealedSecret unsealed successfully")));
        assertThat(rig.scrape())
                .contains(
                        "sealed_secrets_controller_condition_info{condition=\"Synced\",name=\"made\",namespace=\"%s\",ss_app_kubernetes_io_instance=\"\"} 1"
                                .formatted(rig.namespace()));
    }

    @Test
    void changeOfTheSealedSecretReplacesAllOfItsSecret() {
        given("changed", "v1", "metadata: {labels: {a: old}}");
        rig.awaitSynced("changed");
        rig.patchSecret("changed", "{\"metadata\":{\"labels\":{\"mine\":\"x\"}}}");

        given("changed", "v2", "metadata: {labels: {b: new}}");

        rig.awaitData("changed", Map.of("k", "v2"));
        assertThat(rig.secret("changed").orElseThrow().getMetadata().getLabels())
                .isEqualTo(Map.of("b", "new"));
        rig.awaitSynced("changed");
        rig.await(() ->
                rig.events("changed")
                        .equals(List.of("Unsealed x2: SealedSecret unsealed successfully")));
    }

    @Test
    void editedSecretIsBroughtBackAndWhatOthersPutOnItStays() {
        given("edited", "v", "metadata: {labels: {a: b}}");
        rig.awaitSynced("edited");

        rig.patchSecret(
                "edited",
                "{\"metadata\":{\"labels\":{\"a\":\"spoilt\",\"mine\":\"x\"}},\"data\":{\"k\":\"eA==\",\"more\":\"eA==\"}}");

        rig.awaitData("edited", Map.of("k", "v"));
        assertThat(rig.secret("edited").orElseThrow().getMetadata().getLabels())
                .isEqualTo(Map.of("a", "b", "mine", "x"));
    }

    @Test
    void deletedSecretIsMadeAgain() {
        given("deleted", "v");
        rig.awaitSynced("deleted");

        rig.deleteSecret("deleted");

        rig.awaitData("deleted", Map.of("k", "v"));
    }

    @Test
    void secretWhoseOwnerWasTakenAwayIsLeftAloneUntilItIsAnnotatedAsManaged() {
        given("orphan", "v");
        rig.awaitSynced("orphan");
        rig.await(() -> rig.status("orphan").unsealed() != null);

        rig.patchSecret("orphan", "{\"metadata\":{\"ownerReferences\":null}}");

        assertThat(rig.awaitFailed("orphan").message()).contains("is not managed by SealedSecret");
        rig.patchSecret("orphan", "{\"data\":{\"k\":\"eA==\"}}");
        given("orphan", "v2");
        rig.awaitFailed("orphan");
        assertThat(rig.data("orphan")).isEqualTo(Map.of("k", "x"));
        assertThat(rig.secret("orphan").orElseThrow().getMetadata().getOwnerReferences()).isEmpty();

        rig.patchSecret(
                "orphan",
                "{\"metadata\":{\"annotations\":{\"sealedsecrets.bitnami.com/managed\":\"true\"}}}");

        rig.awaitSynced("orphan");
        assertThat(rig.data("orphan")).isEqualTo(Map.of("k", "v2"));
        assertThat(owner("orphan").getName()).isEqualTo("orphan");
    }

    @Test
    void foreignSecretIsLeftAloneUntilItIsAnnotatedAsManaged() {
        rig.given("foreign", Map.of(), Map.of("mine", "1"));
        given("foreign", "v");

        SealedSecretCondition failed = rig.awaitFailed("foreign");
        assertThat(failed.reason()).isEqualTo("ErrUpdateFailed");
        assertThat(failed.message())
                .isEqualTo(
                        "failed update: Resource \"foreign\" already exists and is not managed by SealedSecret");
        assertThat(rig.data("foreign")).isEqualTo(Map.of("mine", "1"));

        rig.patchSecret(
                "foreign",
                "{\"metadata\":{\"annotations\":{\"sealedsecrets.bitnami.com/managed\":\"true\"}}}");

        rig.awaitSynced("foreign");
        assertThat(rig.data("foreign")).isEqualTo(Map.of("k", "v"));
        assertThat(rig.annotations("foreign")).isEmpty();
        assertThat(owner("foreign").getName()).isEqualTo("foreign");
    }

    @Test
    void patchedSecretKeepsItsKeysAndHasNoOwner() {
        rig.given("patched", Map.of(SealedSecret.PATCH, "true", "x", "y"), Map.of("mine", "1"));
        given("patched", "v", "metadata: {annotations: {c: d}}");

        rig.awaitSynced("patched");
        assertThat(rig.data("patched")).isEqualTo(Map.of("mine", "1", "k", "v"));
        assertThat(rig.annotations("patched"))
                .isEqualTo(Map.of(SealedSecret.PATCH, "true", "x", "y", "c", "d"));
        assertThat(rig.secret("patched").orElseThrow().getMetadata().getOwnerReferences())
                .isEmpty();
    }

    @Test
    void patchedAndManagedSecretKeepsItsKeysAndIsOwned() {
        rig.given(
                "both",
                Map.of(SealedSecret.PATCH, "true", SealedSecret.MANAGED, "true"),
                Map.of("mine", "1"));
        given("both", "v");

        rig.awaitSynced("both");
        assertThat(rig.data("both")).isEqualTo(Map.of("mine", "1", "k", "v"));
        assertThat(owner("both").getName()).isEqualTo("both");
    }

    @Test
    void secretWithoutOwnerIsInStepAndFollowsAndOutlivesItsSealedSecret() {
        String skip = "metadata: {annotations: {'%s': 'true'}}".formatted(SealedSecret.SKIP_OWNER);
        given("free", "v1", skip);
        rig.awaitSynced("free");

        given("free", "v2", skip);

        rig.awaitData("free", Map.of("k", "v2"));
        rig.awaitSynced("free");
        Secret secret = rig.secret("free").orElseThrow();
        assertThat(secret.getMetadata().getOwnerReferences()).isEmpty();
        rig.deleteSealed("free");
        given("free", "v3", skip);
        rig.awaitData("free", Map.of("k", "v3"));
        assertThat(rig.secret("free").orElseThrow().getMetadata().getUid())
                .isEqualTo(secret.getMetadata().getUid());
    }

    @Test
    void changedTypeIsRefusedUntilTheSecretIsDeleted() {
        given("typed", "v", "type: example.com/one");
        rig.awaitSynced("typed");

        given("typed", "v", "type: example.com/two");

        assertThat(rig.awaitFailed("typed").message())
                .startsWith("failed update: Secret \"typed\" is invalid: type: Invalid value")
                .contains("delete the Secret");
        rig.deleteSecret("typed");
        rig.awaitSynced("typed");
        assertThat(rig.secret("typed").orElseThrow().getType()).isEqualTo("example.com/two");
    }

    @Test
    void immutableIsSetOnASecretThatIsThereAndThenItsValuesStayUntilItIsDeleted() {
        given("fixed", "v1");
        rig.awaitSynced("fixed");

        given("fixed", "v1", "immutable: true");
        rig.await(() -> Boolean.TRUE.equals(rig.secret("fixed").orElseThrow().getImmutable()));
        rig.awaitSynced("fixed");

        given("fixed", "v2", "immutable: true");
        assertThat(rig.awaitFailed("fixed").message())
                .contains("the target Secret is immutable", "delete Secret \"fixed\"");
        assertThat(rig.data("fixed")).isEqualTo(Map.of("k", "v1"));

        rig.deleteSecret("fixed");
        rig.awaitData("fixed", Map.of("k", "v2"));
        rig.awaitSynced("fixed");
    }

    @Test
    void valueOfAnUnknownKeyLeavesTheSecretAloneAndIsOpenedWhenTheKeyArrives() {
        given("late", "v1");
        rig.awaitSynced("late");

        rig.apply(rig.manifest("late", "k", rig.sealed(LATE, "late", "v2"), "type: Opaque"));

        SealedSecretCondition failed = rig.awaitFailed("late");
        assertThat(failed.reason()).isEqualTo("ErrUnsealFailed");
        assertThat(failed.message())
                .isEqualTo(
                        "no key could decrypt secret (k)\ntried in scope strict for namespace %s and name late with key key-1; it is sealed for another scope, namespace or name, with another key, or was changed"
                                .formatted(rig.namespace()));
        assertThat(rig.data("late")).isEqualTo(Map.of("k", "v1"));
        rig.await(() ->
                rig.events("late").stream()
                        .anyMatch(e ->
                                e.startsWith(
                                        "ErrUnsealFailed x1: Failed to unseal: no key could")));

        rig.keys().are(LATE, KEY);

        rig.awaitSynced("late");
        assertThat(rig.data("late")).isEqualTo(Map.of("k", "v2"));
    }

    @Test
    void annotationThatWasMissingIsNoticed() {
        rig.apply(
                rig.manifest(
                        "scoped",
                        "k",
                        rig.sealed(KEY, Scope.CLUSTER_WIDE, "other", "v"),
                        "type: Opaque"));
        assertThat(rig.awaitFailed("scoped").message()).contains("tried in scope strict");

        rig.patchSealed(
                "scoped",
                "{\"metadata\":{\"annotations\":{\"%s\":\"true\"}}}"
                        .formatted(SealedSecret.CLUSTER_WIDE));

        rig.awaitSynced("scoped");
        assertThat(rig.data("scoped")).isEqualTo(Map.of("k", "v"));
    }

    @Test
    void namespaceWideValueIsOpenedUnderAnyNameOfItsNamespace() {
        rig.apply(
                rig.manifest(
                        "wide",
                        "%s: 'true'".formatted(SealedSecret.NAMESPACE_WIDE),
                        "k",
                        rig.sealed(KEY, Scope.NAMESPACE_WIDE, "other", "v"),
                        "type: Opaque"));

        rig.awaitSynced("wide");
        assertThat(rig.data("wide")).isEqualTo(Map.of("k", "v"));
    }

    @Test
    void noValuesMakeAnEmptySecret() {
        rig.apply(
                """
                apiVersion: bitnami.com/v1alpha1
                kind: SealedSecret
                metadata: {name: empty}
                spec: {encryptedData: {}}
                """);

        rig.awaitSynced("empty");
        assertThat(rig.secret("empty")).isPresent();
        assertThat(rig.data("empty")).isEmpty();
    }

    @Test
    void templateOfDataIsRefusedAndTheSecretKept() {
        given("templated", "v");
        rig.awaitSynced("templated");

        given("templated", "v2", "data: {t: '{{ .k }}'}");

        assertThat(rig.awaitFailed("templated").message())
                .startsWith("spec.template.data is not supported yet");
        assertThat(rig.data("templated")).isEqualTo(Map.of("k", "v"));
    }

    @Test
    void valuesForStoresMakeNoSecretAndAreStillLookedAt() {
        rig.apply(
                rig.manifest(
                        "store",
                        "%s: 'true'".formatted(SealedSecret.STORE_ONLY),
                        "k",
                        rig.sealed(KEY, "store", "v"),
                        "type: Opaque"));
        SealedSecretCondition synced = rig.awaitSynced("store");
        assertThat(synced.reason()).isEqualTo("StoreOnly");
        assertThat(synced.message()).contains("no Secret is made");
        assertThat(rig.secret("store")).isEmpty();

        rig.patchSealed("store", "{\"spec\":{\"encryptedData\":{\"k\":\"AgAB\"}}}");
        assertThat(rig.awaitFailed("store").message()).startsWith("no key could decrypt secret");
    }

    @Test
    void conditionsOfOthersAreKeptBehindSynced() {
        given("conditions", "v1");
        rig.awaitSynced("conditions");
        SealedSecret sealed = rig.sealedSecret("conditions");
        sealed.setStatus(
                new SealedSecretStatus(
                        sealed.getStatus().observedGeneration(),
                        List.of(
                                new SealedSecretCondition("Mine", "True", "R", "m", "", ""),
                                sealed.getStatus().conditions().getFirst()),
                        sealed.getStatus().unsealed()));
        rig.client().resource(sealed).inNamespace(rig.namespace()).updateStatus();

        given("conditions", "v2");

        rig.awaitData("conditions", Map.of("k", "v2"));
        rig.awaitSynced("conditions");
        assertThat(rig.status("conditions").conditions())
                .extracting(SealedSecretCondition::type)
                .containsExactly("Synced", "Mine");
    }

    @Test
    void messageFollowsWhatIsWrong() {
        rig.apply(rig.manifest("wrong", "k", "no base64", "type: Opaque"));
        assertThat(rig.awaitFailed("wrong").message()).startsWith("illegal base64 data");

        rig.apply(rig.manifest("wrong", "k", "AgAB", "type: Opaque"));

        rig.await(() ->
                rig.synced("wrong").orElseThrow().message().startsWith("no key could decrypt"));
    }

    @Test
    void aThousandSpoiltValuesChangeNothing() {
        given("spoilt", "v");
        rig.awaitSynced("spoilt");
        String before = rig.secret("spoilt").orElseThrow().getMetadata().getResourceVersion();
        byte[] good = Base64.getDecoder().decode(rig.sealed(KEY, "spoilt", "v2"));
        Random random = new Random(42);
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            items.append("    k%d: %s%n".formatted(i, Base64.getEncoder().encodeToString(bad)));
        }
        rig.apply(
                """
                apiVersion: bitnami.com/v1alpha1
                kind: SealedSecret
                metadata: {name: spoilt}
                spec:
                  encryptedData:
                """
                        + items);

        SealedSecretCondition failed = rig.awaitFailed("spoilt");
        assertThat(failed.message()).startsWith("no key could decrypt secret (k0, k1, k10,");
        assertThat(failed.message()).contains("\n980 more values were not tried\n");
        assertThat(failed.message().length()).isLessThan(1_000);
        assertThat(rig.secret("spoilt").orElseThrow().getMetadata().getResourceVersion())
                .isEqualTo(before);
    }

    @Test
    void catalogHasWhatTheClusterHas() {
        given("listed", "v");
        rig.awaitSynced("listed");

        assertThat(rig.catalog().isComplete(rig.namespace())).isTrue();
        assertThat(rig.catalog().find(rig.namespace(), "listed")).isPresent();
        assertThat(rig.catalog().find(rig.namespace(), "unlisted")).isEmpty();
        assertThat(rig.catalog().inNamespace(rig.namespace()))
                .extracting(sealed -> sealed.getMetadata().getName())
                .contains("listed");
        assertThat(rig.catalog().inNamespace("elsewhere")).isEmpty();
    }
}

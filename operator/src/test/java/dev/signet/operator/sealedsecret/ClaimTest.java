package dev.signet.operator.sealedsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.sealed.SealedSecret;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every mixture of annotations, owners and what is known. */
class ClaimTest {

    private static final String UID = "uid-of-sealed";
    private static final String SECRET = "uid-of-secret";

    /** Who controls the Secret. */
    enum Owner {
        NOBODY,
        US,
        FORMER,
        OTHER_SEALED_SECRET,
        OTHER_KIND;

        List<OwnerReference> references() {
            return switch (this) {
                case NOBODY -> List.of();
                case US -> reference("SealedSecret", "a", UID);
                case FORMER -> reference("SealedSecret", "a", "older");
                case OTHER_SEALED_SECRET -> reference("SealedSecret", "b", "other");
                case OTHER_KIND -> reference("ExternalSecret", "a", "other");
            };
        }

        private static List<OwnerReference> reference(String kind, String name, String uid) {
            return List.of(
                    new OwnerReferenceBuilder()
                            .withApiVersion(
                                    kind.equals("SealedSecret")
                                            ? "bitnami.com/v1alpha1"
                                            : "external-secrets.io/v1")
                            .withKind(kind)
                            .withName(name)
                            .withUid(uid)
                            .withController(true)
                            .build());
        }
    }

    private static Secret secret(List<OwnerReference> owners, Map<String, String> annotations) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName("a")
                .withUid(SECRET)
                .withAnnotations(annotations)
                .withOwnerReferences(owners)
                .endMetadata()
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void everyMixtureIsDecidedByTheSameFewRules(Owner owner) {
        for (int bits = 0; bits < 32; bits++) {
            boolean managed = (bits & 1) != 0;
            boolean patch = (bits & 2) != 0;
            boolean skipHad = (bits & 4) != 0;
            boolean skipWanted = (bits & 8) != 0;
            boolean known = (bits & 16) != 0;
            Map<String, String> annotations = new HashMap<>();
            annotations.put(SealedSecret.MANAGED, Boolean.toString(managed));
            annotations.put(SealedSecret.PATCH, Boolean.toString(patch));
            annotations.put(SealedSecret.SKIP_OWNER, Boolean.toString(skipHad));
            Secret wanted =
                    secret(
                            List.of(),
                            Map.of(SealedSecret.SKIP_OWNER, Boolean.toString(skipWanted)));

            Claim claim =
                    Claim.on(
                            secret(owner.references(), annotations),
                            wanted,
                            UID,
                            known ? SECRET : "");

            boolean ours = owner == Owner.NOBODY && skipHad && (known || skipWanted);
            assertThat(claim)
                    .as("%s, bits %d", owner, bits)
                    .isEqualTo(
                            patch
                                    ? (managed ? Claim.PATCHED_AND_OWNED : Claim.PATCHED)
                                    : owner == Owner.US
                                            ? Claim.OWNED
                                            : managed || owner == Owner.FORMER
                                                    ? Claim.TAKEN
                                                    : ours ? Claim.OWNED : Claim.FOREIGN);
        }
    }

    @Test
    void onlyTheWordTrueCounts() {
        Secret actual = secret(List.of(), Map.of(SealedSecret.MANAGED, "yes"));

        assertThat(Claim.on(actual, secret(List.of(), Map.of()), UID, "")).isEqualTo(Claim.FOREIGN);
    }

    @Test
    void secretWhoseOwnerWasTakenAwayIsReleased() {
        assertThat(Claim.on(secret(List.of(), Map.of()), secret(List.of(), Map.of()), UID, SECRET))
                .isEqualTo(Claim.FOREIGN);
    }

    @Test
    void secretThatWasMadeAnewByOthersIsNotKnown() {
        assertThat(
                        Claim.on(
                                secret(List.of(), Map.of()),
                                secret(List.of(), Map.of()),
                                UID,
                                "uid-of-one-before"))
                .isEqualTo(Claim.FOREIGN);
    }
}

package dev.signet.operator.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.StoreRef;
import dev.signet.api.store.StoreFallback;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FallbackTest {

    private static final StoreKey VAULT = new StoreKey(StoreKind.SECRET_STORE, "team-a", "vault");
    private static final StoreRef ALL = new StoreRef("sealed", "ClusterSecretStore");

    private static Fallback of(StoreFallback wanted) {
        return Fallback.of(VAULT, wanted, null, "team-a").orElseThrow();
    }

    @Test
    void isUsedForWhatIsAwayOrNotSetUpUnlessItSaysOtherwise() {
        Fallback usual = of(new StoreFallback("", "local", List.of(), ""));

        assertThat(usual)
                .isEqualTo(
                        new Fallback(
                                new StoreKey(StoreKind.SECRET_STORE, "team-a", "local"),
                                java.util.Set.of(
                                        FallbackCause.UNREACHABLE, FallbackCause.NOT_CONFIGURED),
                                false,
                                ""));
        assertThat(of(new StoreFallback("", "local", List.of("Missing"), "Replace")))
                .satisfies(told -> {
                    assertThat(told.on()).containsExactly(FallbackCause.MISSING);
                    assertThat(told.replaces()).isTrue();
                    assertThat(told.problem()).isEmpty();
                });
    }

    @Test
    void aSecretStoreIsTheOneInTheNamespaceServed() {
        StoreKey shared = new StoreKey(StoreKind.CLUSTER_SECRET_STORE, "", "shared");

        assertThat(
                        Fallback.of(
                                        shared,
                                        new StoreFallback("SecretStore", "local", null, null),
                                        null,
                                        "team-b")
                                .orElseThrow()
                                .store())
                .isEqualTo(new StoreKey(StoreKind.SECRET_STORE, "team-b", "local"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SecretStore|vault|||it is the store itself",
                "Vault|x|||it must be named as SecretStore/NAME",
                "SecretStore|''|||it must be named as SecretStore/NAME",
                "SecretStore|x|Denied||it is to be used on Denied, and there are: Unreachable, NotConfigured, Missing",
                "SecretStore|x||Sometimes|its mode is Sometimes, and there are: Keep, Replace"
            })
    void saysWhyItCannotBeUsed(String kind, String name, String on, String mode, String problem) {
        assertThat(
                        of(new StoreFallback(kind, name, on == null ? null : List.of(on), mode))
                                .problem())
                .startsWith(problem);
    }

    @Test
    void anAnnotationSaysTheSameAsTheField() {
        Map<String, String> annotations =
                Map.of(
                        "signet.dev/fallback",
                        "ClusterSecretStore/sealed",
                        "signet.dev/fallback-on",
                        "Unreachable, Missing",
                        "signet.dev/fallback-mode",
                        "Replace");
        StoreFallback field = new StoreFallback("", "other", List.of(), "");

        assertThat(Fallback.wanted(null, annotations))
                .isEqualTo(
                        new StoreFallback(
                                "ClusterSecretStore",
                                "sealed",
                                List.of("Unreachable", "Missing"),
                                "Replace"));
        assertThat(Fallback.wanted(field, annotations)).isEqualTo(field);
        assertThat(Fallback.wanted(null, Map.of("signet.dev/fallback-on", "Missing"))).isNull();
        assertThat(Fallback.wanted(null, null)).isNull();
    }

    @Test
    void anAnnotationCannotReachIntoAnotherNamespace() {
        StoreFallback wanted =
                Fallback.wanted(
                        null, Map.of("signet.dev/fallback", "SecretStore/other-team/sealed"));

        assertThat(of(wanted).problem()).startsWith("it must be named as SecretStore/NAME");
    }

    @Test
    void theOneOfAllServesStoresThatNameNoneAndNotItself() {
        StoreKey itself = new StoreKey(StoreKind.CLUSTER_SECRET_STORE, "", "sealed");
        StoreFallback own = new StoreFallback("", "local", null, null);

        assertThat(Fallback.of(VAULT, null, ALL, "team-a").map(Fallback::store)).contains(itself);
        assertThat(Fallback.of(VAULT, own, ALL, "team-a").orElseThrow().store().name())
                .isEqualTo("local");
        assertThat(Fallback.of(itself, null, ALL, "team-a")).isEmpty();
        assertThat(Fallback.of(VAULT, null, null, "team-a")).isEmpty();
    }

    @Test
    void aReferenceIsKindAndName() {
        assertThat(Fallback.reference("ClusterSecretStore/sealed")).contains(ALL);
        assertThat(Fallback.reference("sealed")).isEqualTo(Optional.empty());
        assertThat(Fallback.reference("Store/sealed")).isEmpty();
        assertThat(Fallback.reference("SecretStore/")).isEmpty();
        assertThat(Fallback.reference("SecretStore/a/b")).isEmpty();
    }
}

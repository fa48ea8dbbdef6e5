package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.ExternalSecretStatus;
import dev.signet.api.StatusCondition;
import dev.signet.operator.store.FallbackCause;
import dev.signet.operator.store.StoreKey;
import dev.signet.operator.store.StoreKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class FallbackNewsTest {

    private static Substitute substitute(FallbackCause cause, String detail) {
        return new Substitute(
                new StoreKey(StoreKind.SECRET_STORE, "team-a", "vault"),
                new StoreKey(StoreKind.CLUSTER_SECRET_STORE, "", "sealed"),
                cause,
                detail,
                false);
    }

    private static ExternalSecretStatus told(String message) {
        return new ExternalSecretStatus(
                "",
                "",
                List.of(new StatusCondition("Ready", "True", "SecretSynced", message, "")),
                null);
    }

    @Test
    void theMessageNamesBothStoresAndTheCause() {
        assertThat(
                        FallbackNews.message(
                                ExternalSecretStatus.NONE,
                                List.of(substitute(FallbackCause.UNREACHABLE, "no route"))))
                .isEqualTo(
                        "secret synced from the fallback ClusterSecretStore sealed, as SecretStore team-a/vault is unreachable (no route)");
        assertThat(FallbackNews.message(ExternalSecretStatus.NONE, List.of()))
                .isEqualTo("secret synced");
    }

    @Test
    void otherWordsForTheSameAreNoNews() {
        List<Substitute> now = List.of(substitute(FallbackCause.UNREACHABLE, "timed out"));
        ExternalSecretStatus before =
                told(
                        FallbackNews.message(
                                ExternalSecretStatus.NONE,
                                List.of(substitute(FallbackCause.UNREACHABLE, "no route"))));
        List<Substitute> otherCause = List.of(substitute(FallbackCause.MISSING, "no a"));

        assertThat(FallbackNews.message(before, now)).endsWith("(no route)");
        assertThat(FallbackNews.isNews(before, now)).isFalse();
        assertThat(FallbackNews.isNews(before, otherCause)).isTrue();
        assertThat(FallbackNews.isNews(told("secret synced"), now)).isTrue();
        assertThat(FallbackNews.isNews(told("secret synced"), List.of())).isFalse();
    }

    @Test
    void itIsOverWhenTheStoreServesAgain() {
        List<Substitute> one = List.of(substitute(FallbackCause.UNREACHABLE, "x"));
        ExternalSecretStatus before = told(FallbackNews.message(ExternalSecretStatus.NONE, one));

        assertThat(FallbackNews.isOver(before, List.of())).isTrue();
        assertThat(FallbackNews.isOver(before, one)).isFalse();
        assertThat(FallbackNews.isOver(told("secret synced"), List.of())).isFalse();
    }
}

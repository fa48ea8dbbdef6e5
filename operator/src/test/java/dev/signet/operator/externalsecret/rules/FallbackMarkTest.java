package dev.signet.operator.externalsecret.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FallbackMarkTest {

    private static final String STORE = "ClusterSecretStore/sealed";

    private static DesiredTarget desired(Map<String, String> annotations, boolean immutable) {
        return new DesiredTarget(
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(annotations),
                "Opaque",
                immutable,
                false);
    }

    private static ActualTarget actual(String mark) {
        return new ActualTarget(
                Map.of(),
                Map.of(),
                Map.of(FallbackMark.ANNOTATION, mark),
                "Opaque",
                false,
                OwnedKeys.NONE);
    }

    @Test
    void isThereOnlyWhileAFallbackServes() {
        DesiredTarget marked =
                FallbackMark.apply(desired(Map.of("a", "b"), false), null, "es", true, STORE);

        assertThat(marked.annotations())
                .containsExactly(
                        Map.entry("a", "b"), Map.entry(FallbackMark.ANNOTATION, "es=" + STORE));
        assertThat(
                        FallbackMark.apply(
                                        desired(marked.annotations(), false),
                                        actual("es=" + STORE),
                                        "es",
                                        true,
                                        "")
                                .annotations())
                .containsExactly(Map.entry("a", "b"));
    }

    @Test
    void tellsApartThoseThatShareATarget() {
        DesiredTarget second =
                FallbackMark.apply(
                        desired(Map.of(), false), actual("one=" + STORE), "two", false, STORE);
        DesiredTarget first =
                FallbackMark.apply(
                        desired(Map.of(), false),
                        actual("one=" + STORE + ",two=" + STORE),
                        "one",
                        false,
                        "");

        assertThat(second.annotations())
                .containsEntry(FallbackMark.ANNOTATION, "one=" + STORE + ",two=" + STORE);
        assertThat(first.annotations()).containsEntry(FallbackMark.ANNOTATION, "two=" + STORE);
        FallbackMark mark = FallbackMark.in(first.annotations());
        assertThat(mark.isOf("one", false)).isFalse();
        assertThat(mark.isOf("two", false)).isTrue();
        assertThat(mark.isOf("one", true)).isTrue();
    }

    @Test
    void nobodyBringsOneOfHisOwn() {
        assertThat(
                        FallbackMark.apply(
                                        desired(
                                                Map.of(FallbackMark.ANNOTATION, "es=" + STORE),
                                                false),
                                        null,
                                        "es",
                                        true,
                                        "")
                                .annotations())
                .isEmpty();
    }

    @Test
    void whatIsMarkedIsNotMadeImmutable() {
        assertThat(FallbackMark.apply(desired(Map.of(), true), null, "es", true, STORE).immutable())
                .isFalse();
        assertThat(FallbackMark.apply(desired(Map.of(), true), null, "es", true, "").immutable())
                .isTrue();
    }
}

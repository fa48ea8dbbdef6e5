package dev.signet.operator.externalsecret.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnedKeysTest {

    @Test
    void readsDataLabelsAndAnnotations() {
        Map<String, Object> fields =
                Map.of(
                        "f:data",
                        Map.of(".", Map.of(), "f:user", Map.of(), "f:tls.crt", Map.of()),
                        "f:metadata",
                        Map.of(
                                "f:labels", Map.of(".", Map.of(), "f:app", Map.of()),
                                "f:annotations", Map.of("f:example.com/a", Map.of()),
                                "f:ownerReferences", Map.of(".", Map.of())),
                        "f:type",
                        Map.of());

        OwnedKeys owned = OwnedKeys.of(List.of(fields));

        assertThat(owned.data()).containsExactlyInAnyOrder("user", "tls.crt");
        assertThat(owned.labels()).containsExactly("app");
        assertThat(owned.annotations()).containsExactly("example.com/a");
    }

    @Test
    void addsUpTheEntriesOfOneManager() {
        OwnedKeys owned =
                OwnedKeys.of(
                        List.of(
                                Map.of("f:data", Map.of("f:a", Map.of())),
                                Map.of("f:data", Map.of("f:b", Map.of()))));

        assertThat(owned.data()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void ownsNothingWhereFieldsAreMissingOrOfAnotherShape() {
        assertThat(OwnedKeys.of(List.of())).isEqualTo(OwnedKeys.NONE);
        assertThat(OwnedKeys.of(List.of(Map.of("f:data", "x", "f:metadata", Map.of()))))
                .isEqualTo(OwnedKeys.NONE);
    }
}

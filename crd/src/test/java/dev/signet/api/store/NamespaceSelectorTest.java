package dev.signet.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceSelectorTest {

    @ParameterizedTest
    @CsvSource({
        "In, prod, true",
        "In, test, false",
        "In, , false",
        "NotIn, prod, false",
        "NotIn, test, true",
        "NotIn, , true",
        "Exists, test, true",
        "Exists, , false",
        "DoesNotExist, test, false",
        "DoesNotExist, , true",
        "Like, prod, false",
    })
    void requirementsFollowTheRulesOfLabelSelectors(
            String operator, String label, boolean expected) {
        LabelRequirement requirement =
                new LabelRequirement("env", operator, List.of("prod", "stage"));
        Map<String, String> labels = label == null ? Map.of() : Map.of("env", label);

        assertThat(requirement.matches(labels)).isEqualTo(expected);
    }

    @Test
    void allLabelsAndRequirementsMustHold() {
        NamespaceSelector selector =
                new NamespaceSelector(
                        Map.of("tier", "gold"),
                        List.of(new LabelRequirement("env", "Exists", List.of())));

        assertThat(selector.matches(Map.of("tier", "gold", "env", "x"))).isTrue();
        assertThat(selector.matches(Map.of("tier", "gold"))).isFalse();
        assertThat(selector.matches(Map.of("tier", "tin", "env", "x"))).isFalse();
    }

    @Test
    void anEmptySelectorFitsEachNamespace() {
        assertThat(new NamespaceSelector(Map.of(), List.of()).matches(Map.of())).isTrue();
    }
}

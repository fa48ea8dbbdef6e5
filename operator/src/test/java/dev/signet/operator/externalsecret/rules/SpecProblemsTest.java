package dev.signet.operator.externalsecret.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.ExternalSecretSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpecProblemsTest {

    static Stream<GoldenCase> cases() {
        return GoldenCase.of("problems");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsWhatTheCaseExpects(GoldenCase golden) {
        ExternalSecretSpec spec = golden.read("in-spec.yaml", ExternalSecretSpec.class);

        assertThat(SpecProblems.of(spec)).isEqualTo(golden.read("out-problems.yaml", List.class));
    }
}

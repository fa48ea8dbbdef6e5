package dev.signet.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexpLimitsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "^path/(.*)$",
                "[a-z]([-a-z0-9]{0,61}[a-z0-9])?",
                "a{1000}",
                "(a{100}){10}",
                "a{1000}b{1000}c{1000}",
                "\\x{2000}{3}\\p{Greek}{3}",
                "[(((]{2}[]({1000}]{1000}[[:alpha:]({1000}]{1000}",
                "\\Q(a{1000}){1000}\\E",
                "\\({1000}",
                "a{x}{1000}",
                "a{,1000}{1000}",
                ")){5}((",
                "(",
                "[",
                "\\",
                "\\Q",
            })
    void allowsWhatStaysSmall(String expression) {
        assertThat(RegexpLimits.problem(expression)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "((a{11}){10}){10}",
                "(a{1000}b){2}",
                "(b|c(?i:a{1000,}))*{2}",
                "(?:(?P<n>a{0,501})+){1,2}",
                "a{1000}(?i){1000}",
                "(a{1000})*?(?i-s){1000}",
                "a{99999999999999999999}",
                "\\Q[\\E(a{1000}){1000}",
                "[]](a{1000}){1000}",
                "[^]\\]](a{1000}){1000}",
                "\\[(a{1000}){1000}",
                "[[:alpha:]](a{1000}){1000}",
            })
    void refusesRepeatsThatMultiply(String expression) {
        assertThat(RegexpLimits.problem(expression))
                .contains("its counted repeats multiply to more than 1000");
    }

    @Test
    void refusesWhatIsLongWrittenOut() {
        assertThat(RegexpLimits.problem("(" + "a?".repeat(100) + "){1000}"))
                .hasValueSatisfying(text -> assertThat(text).contains("more than 5000 elements"));
    }

    @Test
    void refusesDeepNesting() {
        assertThat(RegexpLimits.problem("(".repeat(100) + ")".repeat(100))).isEmpty();
        assertThat(RegexpLimits.problem("(".repeat(101) + ")".repeat(101)))
                .contains("its groups nest deeper than 100");
    }

    @Test
    void refusesLongTexts() {
        assertThat(RegexpLimits.problem("a".repeat(1024))).isEmpty();
        assertThat(RegexpLimits.problem("a".repeat(1025)))
                .contains("it is longer than 1024 characters");
    }
}

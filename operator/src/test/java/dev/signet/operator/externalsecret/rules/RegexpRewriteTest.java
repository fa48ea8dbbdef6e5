package dev.signet.operator.externalsecret.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.PatternSyntaxException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexpRewriteTest {

    @ParameterizedTest(name = "{0} -> {1} on {2} is {3}")
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            textBlock =
                    """
                    # Go's own table of regexp.ReplaceAllString, in part
                    ''              | x        | abc       | xaxbxcx
                    b*              | x        | abc       | xaxcx
                    b+              | x        | abbbc     | axc
                    [a-c]*          | x        | abcbcdcdedef | xdxdxexdxexfx
                    ^[a-c]*         | x        | abcdabc   | xdabc
                    [a-c]*$         | x        | dabc      | dx
                    [a-c]*$         | x        | d         | dx
                    ''              | x        | ''        | x
                    a*              | (x)      | äa        | (x)ä(x)
                    # groups
                    a+              | ($0)     | banana    | b(a)n(a)n(a)
                    hello, (.+)     | goodbye, ${1} | hello, world | goodbye, world
                    hello, (.+)     | goodbye, $1x | hello, world | goodbye,
                    hello, (.+)     | goodbye, ${1}x | hello, world | goodbye, worldx
                    hello, (.+)     | <$0><$1><$2><$3> | hello, world | <hello, world><world><><>
                    (?P<who>h.+)    | $who-$$   | hey       | hey-$
                            a               | $01      | a         | ''
                    a               | $        | a         | $
                    a               | ${       | a         | ${
                    a               | ${b      | a         | ${b
                    a               | $-       | a         | $-
                    a               | $$$$1    | a         | $$1
                    a               | \\1      | a         | \\1
                    # the rewrites of the guides
                    path/to/my/(.*) | $1       | path/to/my/key | key
                    [^a-zA-Z0-9 -]  | _        | a/b.c     | a_b_c
                    (.*)            | db-$1    | user      | db-user
                    """)
    void replacesAsGoDoes(String expression, String template, String text, String result)
            throws RuleException {
        assertThat(RegexpRewrite.of(expression, template).replaceAll(text))
                .isEqualTo(result.equals("goodbye,") ? "goodbye, " : result);
    }

    @Test
    void putsNothingForAGroupThatTookNoPart() throws RuleException {
        assertThat(RegexpRewrite.of("(?P<x>hi)|(?P<y>bye)", "<${y}$x>").replaceAll("hi bye"))
                .isEqualTo("<hi> <bye>");
    }

    @Test
    void refusesWhatIsNotRe2() {
        assertThatThrownBy(() -> RegexpRewrite.of("(?=a)", "x"))
                .isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void refusesAnExpressionOrATemplateThatIsTooLarge() {
        assertThatThrownBy(() -> RegexpRewrite.of("((a{1000}){1000}){1000}", "x"))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("source is too large");
        assertThatThrownBy(() -> RegexpRewrite.of("(".repeat(5_000) + ")".repeat(5_000), "x"))
                .isInstanceOf(RuleException.class);
        assertThatThrownBy(() -> RegexpRewrite.of("a", "x".repeat(1_025)))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("target is too large");
    }

    @Test
    void compilesTheLargestExpressionsThatAreAllowed() throws RuleException {
        for (String largest :
                List.of(
                        "(a?){1000}b",
                        "a{0,1000}b",
                        "(".repeat(90) + "(a?){1000}b" + ")".repeat(90))) {
            assertThat(RegexpRewrite.of(largest, "x").replaceAll("a".repeat(253)))
                    .isEqualTo("a".repeat(253));
        }
    }

    @Test
    void refusesAKeyThatGrowsTooLong() throws RuleException {
        RegexpRewrite twice = RegexpRewrite.of("(.+)", "$1$1");

        assertThat(twice.replaceAll("a".repeat(2_048))).hasSize(4_096);
        assertThatThrownBy(() -> twice.replaceAll("a".repeat(2_049)))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("longer than 4096 characters");
        assertThatThrownBy(() -> RegexpRewrite.of("b", "").replaceAll("a".repeat(4_097)))
                .isInstanceOf(RuleException.class);
        assertThatThrownBy(() ->
                        RegexpRewrite.of("(.+)", "$1".repeat(512)).replaceAll("a".repeat(4_096)))
                .isInstanceOf(RuleException.class);
    }

    @Test
    void takesTimeInProportionToTheKey() throws RuleException {
        assertThat(RegexpRewrite.of("(a*)*b", "x").replaceAll("a".repeat(2_000)))
                .isEqualTo("a".repeat(2_000));
    }
}

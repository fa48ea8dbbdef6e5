package dev.signet.operator.externalsecret.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.api.ExternalSecretDataFrom;
import dev.signet.api.ExternalSecretFind;
import dev.signet.api.ExternalSecretRewrite;
import dev.signet.api.FindName;
import dev.signet.api.RewriteRegexp;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RewritesTest {

    private static final SortedMap<String, byte[]> VALUES =
            new TreeMap<>(Map.of("key", new byte[] {1}));

    private static List<ExternalSecretRewrite> times(int count, String source, String target) {
        return Collections.nCopies(
                count, new ExternalSecretRewrite(null, new RewriteRegexp(source, target), null));
    }

    private static List<String> problems(List<ExternalSecretRewrite> rewrites, String find) {
        return DataFromProblems.of(
                "spec.dataFrom[0]",
                new ExternalSecretDataFrom(
                        null,
                        new ExternalSecretFind("", new FindName(find), Map.of(), "", "", ""),
                        rewrites,
                        null));
    }

    @Test
    void keysThatDoubleEachTimeEndAtALimit() {
        assertThatThrownBy(
                        () -> Rewrites.apply("spec.dataFrom[0]", times(40, "(.+)", "$1$1"), VALUES))
                .isInstanceOf(RuleException.class)
                .hasMessageStartingWith("spec.dataFrom[0].rewrite[10].regexp: key ")
                .hasMessageContaining("longer than 4096 characters");
    }

    @Test
    void oneEntryHasAHundredRewritesAtMost() throws RuleException {
        assertThat(Rewrites.apply("f", times(100, "a", "b"), VALUES)).containsOnlyKeys("key");
        assertThatThrownBy(() -> Rewrites.apply("f", times(101, "a", "b"), VALUES))
                .isInstanceOf(RuleException.class)
                .hasMessage("f.rewrite: has 101 rewrites, more than 100");
        assertThat(problems(times(100, "a", "b"), ".")).isEmpty();
        assertThat(problems(times(101, "a", "b"), "."))
                .containsExactly("spec.dataFrom[0].rewrite: has 101 rewrites, more than 100");
    }

    @Test
    void expressionsThatWouldEatTheMemoryAreProblemsOfTheSpec() {
        String bomb = "((a{1000}){1000}){1000}";

        assertThat(problems(times(1, bomb, "b"), bomb))
                .containsExactly(
                        "spec.dataFrom[0].find.name.regexp is too large: its counted repeats multiply to more than 1000",
                        "spec.dataFrom[0].rewrite[0].regexp.source is too large: its counted repeats multiply to more than 1000");
    }
}

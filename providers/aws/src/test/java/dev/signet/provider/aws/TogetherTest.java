package dev.signet.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.ReadOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class TogetherTest {

    private final List<List<String>> calls = new CopyOnWriteArrayList<>();
    private final Together<String> together = new Together<>(3, this::answered);

    private Map<String, ReadOutcome<String>> answered(List<String> ids) {
        calls.add(ids);
        Map<String, ReadOutcome<String>> answers = new TreeMap<>();
        ids.forEach(id -> {
            if (!id.equals("forgotten")) {
                answers.put(id, new ReadOutcome.Found<>("value of " + id));
            }
        });
        if (ids.contains("bad")) {
            throw new IllegalStateException("a secret in a text");
        }
        return answers;
    }

    @Test
    void fillsCallsAndLeavesNobodyWithout() throws Exception {
        List<CompletableFuture<ReadOutcome<String>>> ends = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ends.add(together.ask("id-" + i));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(ends.get(i).get()).isEqualTo(new ReadOutcome.Found<>("value of id-" + i));
        }
        assertThat(calls).allMatch(ids -> ids.size() <= 3);
        assertThat(calls.stream().mapToInt(List::size).sum()).isEqualTo(10);
    }

    @Test
    void sharesTheAnswerToTheSameQuestion() throws Exception {
        assertThat(together.ask("same").get()).isEqualTo(new ReadOutcome.Found<>("value of same"));
        CompletableFuture<ReadOutcome<String>> one = together.ask("x");
        CompletableFuture<ReadOutcome<String>> two = together.ask("x");
        assertThat(two.get()).isEqualTo(one.get());
        assertThat(calls.stream().flatMap(List::stream).filter("same"::equals)).hasSize(1);
    }

    @Test
    void answersAlsoWhatACallLeavesOutOrFailsAt() throws Exception {
        assertThat(together.ask("forgotten").get()).isInstanceOf(ReadOutcome.Unavailable.class);
        ReadOutcome<String> failed = together.ask("bad").get();
        assertThat(failed).isInstanceOf(ReadOutcome.Unavailable.class);
        assertThat(failed.toString()).doesNotContain("a secret in a text");
    }
}

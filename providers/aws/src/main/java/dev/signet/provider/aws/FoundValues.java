package dev.signet.provider.aws;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.SecretValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values of a search as one answer. */
final class FoundValues {

    private FoundValues() {}

    /** All of them, or the first failure; one that went while we were looking is left out. */
    static ReadOutcome<Map<String, SecretValue>> of(Map<String, ReadOutcome<SecretValue>> read) {
        var failed = Outcomes.firstFailure(read);
        if (failed.isPresent()) {
            return failed.get().withoutValue();
        }
        Map<String, SecretValue> values = new LinkedHashMap<>();
        read.forEach((name, outcome) -> {
            if (outcome instanceof ReadOutcome.Found<SecretValue>(SecretValue value)) {
                values.put(name, value);
            }
        });
        return new AnswerRoom().keep(new ReadOutcome.Found<>(values), values.values());
    }
}

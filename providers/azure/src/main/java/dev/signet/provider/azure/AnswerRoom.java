package dev.signet.provider.azure;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.SecretValue;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the values of one question may take, however many secrets it names. A Kubernetes
 * Secret, for which they are meant, holds 1 MiB. Used by several threads.
 */
final class AnswerRoom {

    static final int MAX_BYTES = 32 << 20;

    private final AtomicLong used = new AtomicLong();

    /** The outcome, if there is room for what was found. */
    ReadOutcome<SecretValue> keep(ReadOutcome<SecretValue> outcome) {
        return outcome instanceof ReadOutcome.Found<SecretValue>(SecretValue value)
                ? keep(outcome, List.of(value))
                : outcome;
    }

    /** The outcome, if there is room for these values that it holds. */
    <T> ReadOutcome<T> keep(ReadOutcome<T> outcome, Collection<SecretValue> values) {
        long bytes = values.stream().mapToLong(SecretValue::size).sum();
        return used.addAndGet(bytes) <= MAX_BYTES
                ? outcome
                : new ReadOutcome.Invalid<>(
                        "the values asked for at once are larger than %d MiB in all"
                                .formatted(MAX_BYTES >> 20));
    }
}

package dev.signet.rest;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.SecretValue;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that the values of one question may take, however many secrets it names. A Kubernetes
 * Secret, for which they are meant, holds 1 MiB. Safe for several threads.
 */
public final class AnswerRoom {

    private static final int MAX_BYTES = 32 << 20;

    private final AtomicLong used = new AtomicLong();

    /** An empty room. */
    public AnswerRoom() {}

    /** The outcome, if there is room for these values that it holds. */
    public <T> ReadOutcome<T> keep(ReadOutcome<T> outcome, Collection<SecretValue> values) {
        long bytes = values.stream().mapToLong(SecretValue::size).sum();
        return used.addAndGet(bytes) <= MAX_BYTES
                ? outcome
                : new ReadOutcome.Invalid<>(
                        "the values asked for at once are larger than %d MiB in all"
                                .formatted(MAX_BYTES >> 20));
    }
}

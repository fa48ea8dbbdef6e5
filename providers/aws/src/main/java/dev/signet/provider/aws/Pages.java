package dev.signet.provider.aws;

import dev.signet.provider.ReadOutcome;
import org.jspecify.annotations.Nullable;

/** Counts what a search goes through, so that it ends. */
final class Pages {

    private static final int MAX_PAGES = 5_000;
    private static final int MAX_ENTRIES = 100_000;

    private int pages;
    private int entries;

    /** Takes note of a page, and gives the token of the next; null after the last. */
    @Nullable String next(@Nullable String token, int size) {
        pages++;
        entries += size;
        return token == null || token.isEmpty() ? null : token;
    }

    /** Whether to give up. */
    boolean areTooMany() {
        return pages > MAX_PAGES || entries > MAX_ENTRIES;
    }

    static <T> ReadOutcome<T> tooMany() {
        return new ReadOutcome.Invalid<>(
                "the search goes through more than %d entries; narrow find.path or find.tags"
                        .formatted(MAX_ENTRIES));
    }

    /** A page that did not come. That there is no such list would not mean that it is empty. */
    static <T> ReadOutcome<T> failed(ReadOutcome<?> answer) {
        return answer instanceof ReadOutcome.Missing<?>(String what)
                ? new ReadOutcome.Invalid<>("AWS knows no " + what)
                : answer.withoutValue();
    }
}

package dev.signet.rest;

import dev.signet.http.HttpAnswer;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** The header field Retry-After, in its form of whole seconds. */
public final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private RetryAfter() {}

    /** How long the server asks to be left alone; empty where it does not, or says a date. */
    public static Optional<Duration> of(HttpAnswer answer) {
        return answer.field("Retry-After")
                .map(String::strip)
                .filter(text -> SECONDS.matcher(text).matches())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }
}

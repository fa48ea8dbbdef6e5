package dev.signet.operator.store;

import java.util.Optional;
import java.util.stream.Stream;

/** Why the values of a store come from its fallback. There is none for access that is denied. */
public enum FallbackCause {
    /** The backend gives no answer. */
    UNREACHABLE("Unreachable", "is unreachable"),
    /** The store, its provider or the credentials that it names are not there. */
    NOT_CONFIGURED("NotConfigured", "is not configured in this cluster"),
    /** The backend says that it does not have a value. */
    MISSING("Missing", "does not have all values");

    private final String text;
    private final String clause;

    FallbackCause(String text, String clause) {
        this.text = text;
        this.clause = clause;
    }

    /** The cause as manifests write it. */
    public String text() {
        return text;
    }

    /** What is to be said of the store: {@code is unreachable}. */
    public String clause() {
        return clause;
    }

    /** The cause that a manifest means; empty where there is none of that name. */
    static Optional<FallbackCause> of(String text) {
        return Stream.of(values()).filter(cause -> cause.text.equals(text)).findFirst();
    }
}

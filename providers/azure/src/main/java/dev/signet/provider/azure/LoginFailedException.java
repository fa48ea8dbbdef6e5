package dev.signet.provider.azure;

import dev.signet.provider.ReadOutcome;

/** Carries why there is no token past the SDK. */
final class LoginFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ReadOutcome<Token> outcome;

    LoginFailedException(ReadOutcome<Token> outcome) {
        super("no token", null, false, false);
        this.outcome = outcome;
    }

    /** Why there is no token. */
    ReadOutcome<Token> outcome() {
        return outcome;
    }
}

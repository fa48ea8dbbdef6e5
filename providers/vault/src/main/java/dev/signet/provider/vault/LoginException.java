package dev.signet.provider.vault;

import dev.signet.provider.ReadOutcome;

/** What a login needs could not be had. The outcome says why, and holds nothing of an answer. */
final class LoginException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient ReadOutcome<Held> outcome;

    private LoginException(ReadOutcome<Held> outcome) {
        super(Outcomes.reason(outcome));
        this.outcome = outcome;
    }

    /** Asking later may help. */
    static LoginException unavailable(String reason) {
        return new LoginException(new ReadOutcome.Unavailable<>(reason));
    }

    /** Somebody said no. */
    static LoginException denied(String reason) {
        return new LoginException(new ReadOutcome.Denied<>(reason));
    }

    /** The spec, or what it refers to, must change. */
    static LoginException invalid(String reason) {
        return new LoginException(new ReadOutcome.Invalid<>(reason));
    }

    /** What the login came to. */
    ReadOutcome<Held> outcome() {
        return outcome;
    }
}

package dev.signet.cli.check;

import java.io.IOException;

/** Git does not say what a commit would hold. The message is one line that says what to do. */
public final class GitSilentException extends IOException {

    private static final long serialVersionUID = 1L;

    GitSilentException(String message) {
        super(message);
    }
}

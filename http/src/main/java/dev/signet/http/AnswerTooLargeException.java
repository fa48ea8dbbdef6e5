package dev.signet.http;

import java.io.IOException;

/** The answer's content is larger than the call allows. */
public final class AnswerTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    AnswerTooLargeException(int bytes) {
        super("the answer is larger than " + bytes + " bytes");
    }
}

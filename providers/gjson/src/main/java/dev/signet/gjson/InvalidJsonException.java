package dev.signet.gjson;

/** A text is not the JSON that was expected. The message holds nothing of the text. */
public final class InvalidJsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidJsonException(String message) {
        super(message);
    }
}

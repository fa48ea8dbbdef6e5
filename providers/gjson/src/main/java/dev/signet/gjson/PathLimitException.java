package dev.signet.gjson;

/**
 * A path asks for more work, or for deeper nesting, than is granted. It is thrown, and not answered
 * as "does not exist", because that answer may lead to something being deleted. The message holds
 * nothing of the input.
 */
public final class PathLimitException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PathLimitException(String message) {
        super(message);
    }
}

package dev.signet.operator.externalsecret.rules;

/**
 * The spec, or what was read for it, breaks a rule. The message names the field of the spec, the
 * key concerned and the remedy; it never holds a value of a secret. Trying again with the same
 * input gives the same answer.
 */
public final class RuleException extends Exception {

    private static final long serialVersionUID = 1L;

    /** A rule is broken, as {@code message} says. */
    public RuleException(String message) {
        super(message);
    }

    /** The message. */
    public String text() {
        return String.valueOf(getMessage());
    }
}

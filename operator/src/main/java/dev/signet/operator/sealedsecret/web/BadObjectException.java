package dev.signet.operator.sealedsecret.web;

/** What was sent is no SealedSecret that can be worked on. Quotes nothing of its values. */
final class BadObjectException extends Exception {

    private static final long serialVersionUID = 1L;

    BadObjectException(String message) {
        super(message);
    }
}

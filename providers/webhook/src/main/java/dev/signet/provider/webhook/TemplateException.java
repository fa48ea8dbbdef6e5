package dev.signet.provider.webhook;

/** A template cannot be read, or not be filled in; the message shows no value of a Secret. */
final class TemplateException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String text;

    TemplateException(String text) {
        super(text);
        this.text = text;
    }

    /** The message. */
    String text() {
        return text;
    }
}

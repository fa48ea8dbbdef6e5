package dev.signet.provider.webhook;

import dev.signet.provider.webhook.Template.Guard;

/**
 * What a reference may bring into a request. Whoever writes an ExternalSecret chooses its text; the
 * request's form is for the store to choose.
 */
final class Guards {

    private Guards() {}

    /** In a URL, where the text is percent-encoded before functions get it. */
    static final Guard IN_URL =
            text -> refuse(text, "?#&\\\"<>", "url", "remove the function that brings it in");

    /** In a header field. */
    static final Guard IN_HEADER = text -> refuse(text, "", "a header", "remove it");

    /** In a body that is JSON, or nothing known. */
    static final Guard IN_BODY = text -> refuse(text, "\"\\", "body", "use toJson");

    /** In a body that is no JSON: it may be a form, or XML. */
    static final Guard IN_FORM =
            text -> refuse(text, "\"\\&<", "body", "use urlquery, b64enc or quote");

    /** In a JSONPath: names and indexes, but no filters and functions. */
    static final Guard IN_PATH =
            text -> refuse(text, "?()\\", "result.jsonPath", "choose another key or property");

    private static void refuse(String text, String characters, String where, String remedy)
            throws TemplateException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 0x7f || characters.indexOf(c) >= 0) {
                throw new TemplateException(
                        "the reference brings %s into %s, which is not allowed there: %s"
                                .formatted(
                                        c < ' ' || c == 0x7f
                                                ? "a control character"
                                                : "'" + c + "'",
                                        where,
                                        remedy));
            }
        }
    }
}

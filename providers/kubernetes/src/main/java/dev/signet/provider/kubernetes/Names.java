package dev.signet.provider.kubernetes;

import java.util.regex.Pattern;

/** What the API allows for names. Whatever it does not allow never gets into a path. */
final class Names {

    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*+");
    private static final Pattern QUALIFIED =
            Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");

    private Names() {}

    /** Whether it can name a namespace. */
    static boolean isLabel(String text) {
        return text.length() <= MAX_LABEL && LABEL.matcher(text).matches();
    }

    /** Whether it can name a Secret. */
    static boolean isSubdomain(String text) {
        return text.length() <= MAX_NAME && SUBDOMAIN.matcher(text).matches();
    }

    /** Whether it can be the key of a label. */
    static boolean isLabelKey(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? isQualified(text)
                : isSubdomain(text.substring(0, slash)) && isQualified(text.substring(slash + 1));
    }

    /** Whether it can be the value of a label. */
    static boolean isLabelValue(String text) {
        return text.isEmpty() || isQualified(text);
    }

    private static boolean isQualified(String text) {
        return text.length() <= MAX_LABEL && QUALIFIED.matcher(text).matches();
    }
}

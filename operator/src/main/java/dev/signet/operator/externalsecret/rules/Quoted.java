package dev.signet.operator.externalsecret.rules;

/** Names of keys as messages show them. */
final class Quoted {

    private static final int LONGEST = 80;

    private Quoted() {}

    /** The key in quotes, cut where it is long, without control characters. */
    static String key(String key) {
        int length = key.codePointCount(0, key.length());
        String shown =
                length <= LONGEST
                        ? key
                        : key.substring(0, key.offsetByCodePoints(0, LONGEST)) + "…";
        return "'" + shown.replaceAll("\\p{Cntrl}", "\uFFFD") + "'";
    }
}

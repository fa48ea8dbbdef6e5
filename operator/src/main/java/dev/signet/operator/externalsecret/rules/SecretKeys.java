package dev.signet.operator.externalsecret.rules;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What may be a key of a Secret, and how remote keys are made into such. */
final class SecretKeys {

    private static final int LONGEST = 253;
    private static final Pattern ALLOWED = Pattern.compile("[-._a-zA-Z0-9]+");

    private SecretKeys() {}

    /**
     * One key after {@code conversionStrategy}: each character that is not allowed becomes {@code
     * _} ({@code Default}, or nothing said) or {@code _U} and its code point ({@code Unicode}).
     */
    static String convert(String strategy, String key) {
        StringBuilder converted = new StringBuilder();
        key.codePoints()
                .forEach(c -> {
                    if (isKeyCharacter(c)) {
                        converted.appendCodePoint(c);
                        return;
                    }
                    switch (strategy) {
                        case "", "Default" -> converted.append('_');
                        case "Unicode" -> converted.append(String.format("_U%04x_", c));
                        default -> converted.appendCodePoint(c);
                    }
                });
        return converted.toString();
    }

    /**
     * All keys after {@code conversionStrategy}.
     *
     * @param field the field of the spec that the values come from, such as {@code
     *     spec.dataFrom[0].find}
     */
    static SortedMap<String, byte[]> convert(
            String field, String strategy, Map<String, byte[]> values) throws RuleException {
        SortedMap<String, byte[]> converted = new TreeMap<>(GoPrint.KEY_ORDER);
        for (Map.Entry<String, byte[]> entry : values.entrySet()) {
            String key = convert(strategy, entry.getKey());
            if (converted.put(key, entry.getValue()) != null) {
                throw new RuleException(
                        "%s.conversionStrategy: more than one remote key becomes %s; tell them apart with conversionStrategy Unicode or with rewrite"
                                .formatted(field, Quoted.key(key)));
            }
        }
        return converted;
    }

    /** The values without an empty key; refused where a key cannot be one of a Secret's. */
    static SortedMap<String, byte[]> validated(String field, Map<String, byte[]> values)
            throws RuleException {
        SortedMap<String, byte[]> valid = new TreeMap<>(GoPrint.KEY_ORDER);
        for (Map.Entry<String, byte[]> entry : values.entrySet()) {
            String key = entry.getKey();
            if (key.isEmpty()) {
                continue;
            }
            checkLength(field, key);
            checkCharacters(field, key);
            valid.put(key, entry.getValue());
        }
        return valid;
    }

    private static void checkLength(String field, String key) throws RuleException {
        int length = key.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST) {
            throw new RuleException(
                    "%s: the key %s has %d bytes and a Secret allows %d; shorten it with rewrite"
                            .formatted(field, Quoted.key(key), length, LONGEST));
        }
    }

    private static void checkCharacters(String field, String key) throws RuleException {
        int bad = key.codePoints().filter(c -> !isKeyCharacter(c)).findFirst().orElse(-1);
        if (bad >= 0) {
            throw new RuleException(
                    "%s: the key %s has the character %s and a Secret allows only letters, digits, '-', '_' and '.'; change it with rewrite"
                            .formatted(
                                    field, Quoted.key(key), Quoted.key(Character.toString(bad))));
        }
    }

    /** What the API server would refuse in a Secret that is to be written with this key. */
    static void checkForSecret(String key) throws RuleException {
        if (!isSecretKey(key)) {
            throw new RuleException(
                    "spec: %s cannot be a key of a Secret, which allows a-z, A-Z, 0-9, '-', '_' and '.', at most %d of them and not '..' in front; change it with rewrite or secretKey"
                            .formatted(Quoted.key(key), LONGEST));
        }
    }

    static boolean isSecretKey(String key) {
        return ALLOWED.matcher(key).matches()
                && key.length() <= LONGEST
                && !key.equals(".")
                && !key.startsWith("..");
    }

    /** As Go's {@code unicode.IsLetter} and {@code IsNumber}: more than the API server allows. */
    private static boolean isKeyCharacter(int c) {
        return switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
                    true;
            default -> Character.isLetter(c) || c == '-' || c == '_' || c == '.';
        };
    }
}

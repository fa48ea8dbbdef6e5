package dev.signet.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a word without quotes means in YAML 1.1, as Go's tools read it: {@code yes} is a boolean,
 * {@code 017} is fifteen, and a date is text.
 */
final class YamlScalars {

    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern DATE =
            Pattern.compile(
                    "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
                            + "([Tt ][0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2})?)?");

    /** Was part of YAML 1.1; Go reads it as text, and quotes it for those who do not. */
    private static final Pattern BASE_60 =
            Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");

    private static final Map<String, JsonNode> WORDS =
            Map.ofEntries(
                    yes("y"),
                    yes("Y"),
                    yes("yes"),
                    yes("Yes"),
                    yes("YES"),
                    yes("true"),
                    yes("True"),
                    yes("TRUE"),
                    yes("on"),
                    yes("On"),
                    yes("ON"),
                    no("n"),
                    no("N"),
                    no("no"),
                    no("No"),
                    no("NO"),
                    no("false"),
                    no("False"),
                    no("FALSE"),
                    no("off"),
                    no("Off"),
                    no("OFF"),
                    nil(""),
                    nil("~"),
                    nil("null"),
                    nil("Null"),
                    nil("NULL"),
                    real(".nan", Double.NaN),
                    real(".NaN", Double.NaN),
                    real(".NAN", Double.NaN),
                    real(".inf", Double.POSITIVE_INFINITY),
                    real(".Inf", Double.POSITIVE_INFINITY),
                    real(".INF", Double.POSITIVE_INFINITY),
                    real("+.inf", Double.POSITIVE_INFINITY),
                    real("+.Inf", Double.POSITIVE_INFINITY),
                    real("+.INF", Double.POSITIVE_INFINITY),
                    real("-.inf", Double.NEGATIVE_INFINITY),
                    real("-.Inf", Double.NEGATIVE_INFINITY),
                    real("-.INF", Double.NEGATIVE_INFINITY));

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.TWO.pow(Long.SIZE).subtract(BigInteger.ONE);

    private YamlScalars() {}

    /** The value of a word that has neither quotes nor a tag. */
    static JsonNode resolve(String text) {
        JsonNode word = WORDS.get(text);
        if (word != null) {
            return word;
        }
        char first = text.charAt(0);
        boolean number = first == '+' || first == '-' || (first >= '0' && first <= '9');
        if (number && DATE.matcher(text).matches()) {
            return TextNode.valueOf(text);
        }
        String plain = number ? text.replace("_", "") : text;
        if (number) {
            Optional<BigInteger> integer = integer(plain);
            if (integer.isPresent()) {
                return BigIntegerNode.valueOf(integer.get());
            }
        }
        if ((number || first == '.') && FLOAT.matcher(plain).matches()) {
            double value = Double.parseDouble(plain);
            return Double.isInfinite(value) ? TextNode.valueOf(text) : DoubleNode.valueOf(value);
        }
        return TextNode.valueOf(text);
    }

    /** Whether that text, written without quotes, would be read as it is. */
    static boolean plainIsText(String text) {
        return !WORDS.containsKey(text)
                && !text.equals("<<")
                && !DATE.matcher(text).matches()
                && !BASE_60.matcher(text).matches()
                && resolve(text).isTextual();
    }

    private static Optional<BigInteger> integer(String text) {
        boolean minus = text.startsWith("-");
        String digits = minus || text.startsWith("+") ? text.substring(1) : text;
        int radix = radix(digits);
        String bare =
                switch (radix) {
                    case 10 -> digits;
                    case 8 ->
                            digits.substring(
                                    digits.startsWith("0o") || digits.startsWith("0O") ? 2 : 1);
                    default -> digits.substring(2);
                };
        if (bare.isEmpty()
                || !bare.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0)) {
            return Optional.empty();
        }
        BigInteger value = new BigInteger(minus ? "-" + bare : bare, radix);
        return value.compareTo(LEAST) >= 0 && value.compareTo(MOST) <= 0
                ? Optional.of(value)
                : Optional.empty();
    }

    private static int radix(String digits) {
        if (digits.length() < 2 || digits.charAt(0) != '0') {
            return 10;
        }
        return switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'b', 'B' -> 2;
            default -> 8;
        };
    }

    private static Map.Entry<String, JsonNode> yes(String word) {
        return Map.entry(word, BooleanNode.TRUE);
    }

    private static Map.Entry<String, JsonNode> no(String word) {
        return Map.entry(word, BooleanNode.FALSE);
    }

    private static Map.Entry<String, JsonNode> nil(String word) {
        return Map.entry(word, NullNode.instance);
    }

    private static Map.Entry<String, JsonNode> real(String word, double value) {
        return Map.entry(word, DoubleNode.valueOf(value));
    }
}

package dev.signet.gjson;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers as Go's {@code strconv} reads them and as it and {@code encoding/json} print them. */
final class GoNumbers {

    private static final Pattern UNDERSCORE_OUTSIDE_DIGITS =
            Pattern.compile("(^|[^0-9a-f])_|_([^0-9a-f]|$)");

    private GoNumbers() {}

    /** {@code ParseFloat(text, 64)}; 0 where that fails, infinite where the number is too large. */
    static double parse(String text) {
        switch (text.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity", "+infinity" -> {
                return Double.POSITIVE_INFINITY;
            }
            case "-inf", "-infinity" -> {
                return Double.NEGATIVE_INFINITY;
            }
            case "nan" -> {
                return Double.NaN;
            }
            default -> {}
        }
        String number = text;
        if (text.indexOf('_') >= 0) {
            if (!underscoresSeparateDigits(text)) {
                return 0;
            }
            number = text.replace("_", "");
        }
        return isNumber(number) ? Double.parseDouble(number) : 0;
    }

    private static boolean underscoresSeparateDigits(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String digits = lower.startsWith("+") || lower.startsWith("-") ? lower.substring(1) : lower;
        if (digits.startsWith("0x")) {
            // The prefix counts as a digit.
            digits = "0" + digits.substring(2);
            return !UNDERSCORE_OUTSIDE_DIGITS.matcher(digits).find();
        }
        return !UNDERSCORE_OUTSIDE_DIGITS.matcher(digits.replaceAll("[a-f]", "!")).find();
    }

    /** Sign, digits with at most one point, exponent; or hexadecimal with a binary exponent. */
    private static boolean isNumber(String text) {
        int i = skipSign(text, 0);
        boolean hex = text.startsWith("0x", i) || text.startsWith("0X", i);
        if (hex) {
            i += 2;
        }
        int digits = 0;
        int points = 0;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isDigit(c) || (hex && isHexLetter(c))) {
                digits++;
            } else if (c == '.' && points == 0) {
                points++;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return false;
        }
        if (i == text.length()) {
            return !hex;
        }
        return Character.toLowerCase(text.charAt(i)) == (hex ? 'p' : 'e')
                && isDigits(text, skipSign(text, i + 1));
    }

    private static int skipSign(String text, int i) {
        return text.startsWith("+", i) || text.startsWith("-", i) ? i + 1 : i;
    }

    private static boolean isDigits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return from < text.length();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHexLetter(char c) {
        return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /** {@code FormatFloat(f, 'f', -1, 64)}: the shortest digits that read back as the same. */
    static String formatPlain(double f) {
        if (Double.isNaN(f)) {
            return "NaN";
        }
        if (Double.isInfinite(f)) {
            return f > 0 ? "+Inf" : "-Inf";
        }
        if (f == 0) {
            return isNegative(f) ? "-0" : "0";
        }
        return shortest(f).toPlainString();
    }

    /** What {@code encoding/json} prints for a float64; infinite and NaN have no JSON form. */
    static String formatJson(double f) {
        if (Double.isNaN(f) || Double.isInfinite(f)) {
            throw new IllegalArgumentException("JSON has no such number");
        }
        double size = Math.abs(f);
        if (f == 0 || (size >= 1e-6 && size < 1e21)) {
            return formatPlain(f);
        }
        BigDecimal decimal = shortest(size);
        String digits = decimal.unscaledValue().toString();
        int exponent = digits.length() - 1 - decimal.scale();
        StringBuilder out = new StringBuilder(f < 0 ? "-" : "");
        out.append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.').append(digits, 1, digits.length());
        }
        return out.append('e').append(exponent < 0 ? "" : "+").append(exponent).toString();
    }

    private static boolean isNegative(double f) {
        return Double.doubleToRawLongBits(f) < 0;
    }

    private static BigDecimal shortest(double f) {
        BigDecimal digits = new BigDecimal(Double.toString(f)).stripTrailingZeros();
        if (digits.precision() == 2) {
            // Java prefers two digits to one where they are nearer; Go wants the fewest.
            BigDecimal one = digits.setScale(digits.scale() - 1, RoundingMode.HALF_EVEN);
            if (one.doubleValue() == f) {
                return one.stripTrailingZeros();
            }
        }
        return digits;
    }
}

package dev.signet.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Comparator;

/** Texts as Go writes them. */
public final class GoText {

    /** Bytes of UTF-8 in their order, which is that of code points. */
    static final Comparator<String> BYTES =
            (a, b) -> {
                int at = 0;
                while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
                    at++;
                }
                if (at == a.length() || at == b.length()) {
                    return Integer.compare(a.length(), b.length());
                }
                return Integer.compare(rank(a.charAt(at)), rank(b.charAt(at)));
            };

    private static final int LEAST_EXPONENT = -4;
    private static final int MOST_EXPONENT = 21;

    private GoText() {}

    /** In quotes, with what does not print escaped. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '"' -> quoted.append("\\\"");
                        case '\\' -> quoted.append("\\\\");
                        case '\n' -> quoted.append("\\n");
                        case '\r' -> quoted.append("\\r");
                        case '\t' -> quoted.append("\\t");
                        default -> {
                            if (c < ' ' || c == 0x7f) {
                                quoted.append("\\x%02x".formatted(c));
                            } else {
                                quoted.appendCodePoint(c);
                            }
                        }
                    }
                });
        return quoted.append('"').toString();
    }

    /** A scalar as text; numbers that are not whole with the precision of 32 bits, as there. */
    static String of(JsonNode scalar) {
        if (scalar.isFloatingPointNumber()) {
            return number((float) scalar.doubleValue());
        }
        return scalar.asText();
    }

    /** The shortest digits that tell the number, with an exponent where it is large or small. */
    static String number(float value) {
        if (Float.isNaN(value)) {
            return "NaN";
        }
        if (Float.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return number(new BigDecimal(Float.toString(value)));
    }

    /** The same of 64 bits. */
    static String number(double value) {
        return number(new BigDecimal(Double.toString(value)));
    }

    private static String number(BigDecimal exact) {
        BigDecimal decimal = exact.stripTrailingZeros();
        if (decimal.signum() == 0) {
            return "0";
        }
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= LEAST_EXPONENT && exponent < MOST_EXPONENT) {
            return decimal.toPlainString();
        }
        String digits = decimal.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return "%s%c%se%c%02d"
                .formatted(
                        decimal.signum() < 0 ? "-" : "",
                        digits.charAt(0),
                        fraction,
                        exponent < 0 ? '-' : '+',
                        Math.abs(exponent));
    }

    // Surrogates stand for code points above all others, and sort below some of them.
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}

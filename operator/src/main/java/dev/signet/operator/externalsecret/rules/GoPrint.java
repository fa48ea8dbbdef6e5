package dev.signet.operator.externalsecret.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Go's {@code fmt} prints for {@code %+v} of the values that occur in JSON and in Secrets. */
final class GoPrint {

    /** Go orders strings by their bytes; Java's order differs beyond the basic plane. */
    static final Comparator<String> KEY_ORDER =
            (a, b) ->
                    Arrays.compareUnsigned(
                            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private GoPrint() {}

    static String bytes(Map<String, byte[]> data) {
        return data.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(KEY_ORDER))
                .map(entry -> entry.getKey() + ":" + bytes(entry.getValue()))
                .collect(Collectors.joining(" ", "map[", "]"));
    }

    private static String bytes(byte[] value) {
        StringBuilder text = new StringBuilder(value.length * 4 + 2).append('[');
        for (int i = 0; i < value.length; i++) {
            if (i > 0) {
                text.append(' ');
            }
            text.append(value[i] & 0xff);
        }
        return text.append(']').toString();
    }

    static String value(@Nullable Object value) {
        return switch (value) {
            case null -> "<nil>";
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .sorted(
                                    Comparator.comparing(
                                            entry -> String.valueOf(entry.getKey()), KEY_ORDER))
                            .map(entry -> entry.getKey() + ":" + value(entry.getValue()))
                            .collect(Collectors.joining(" ", "map[", "]"));
            case List<?> list ->
                    list.stream().map(GoPrint::value).collect(Collectors.joining(" ", "[", "]"));
            case Double number -> number(number);
            case Float number -> number(number.doubleValue());
            default -> value.toString();
        };
    }

    /** Go's {@code %v} of a float64: the fewest digits, an exponent below 1e-4 and from 1e21 on. */
    static String number(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        BigDecimal exact = shortest(number);
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -4 && exponent < 21) {
            return exact.toPlainString();
        }
        String digits = exact.unscaledValue().abs().toString();
        return (number < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + String.format(
                        Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    private static BigDecimal shortest(double number) {
        BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        if (digits.precision() == 2) {
            // Java prints two digits where one is enough but farther off; Go prints the fewest.
            BigDecimal one = digits.setScale(digits.scale() - 1, RoundingMode.HALF_EVEN);
            return one.doubleValue() == number ? one.stripTrailingZeros() : digits;
        }
        return digits;
    }
}

package dev.signet.cli;

import dev.signet.api.GoDuration;
import dev.signet.operator.observe.BindAddress;
import dev.signet.operator.observe.LogLevel;
import dev.signet.operator.observe.TimeEncoding;
import dev.signet.operator.sealedsecret.KeyOrder;
import dev.signet.operator.store.Fallback;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Read the values of flags; what cannot be read is told in one line. */
final class Converters {

    private Converters() {}

    /** Above zero, as Go writes durations. */
    static final class OfDuration implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                Duration duration = GoDuration.parse(text);
                if (duration.isPositive()) {
                    return duration;
                }
            } catch (DateTimeParseException e) {
                throw wrong(text, "is no duration; write it like 5m or 1h30m");
            }
            throw wrong(text, "is not above zero");
        }
    }

    /** Zero or above, as Go writes durations. */
    static final class OfPeriod implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                Duration duration = GoDuration.parse(text);
                if (!duration.isNegative()) {
                    return duration;
                }
            } catch (DateTimeParseException e) {
                throw wrong(text, "is no duration; write it like 720h, or 0 for never");
            }
            throw wrong(text, "is below zero");
        }
    }

    /** As {@link KeyOrder#parse} reads it. */
    static final class OfKeyOrder implements ITypeConverter<KeyOrder> {
        @Override
        public KeyOrder convert(String text) {
            return read(text, KeyOrder::parse);
        }
    }

    /** A whole number from 1 on. */
    static final class OfCount implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            try {
                int count = Integer.parseInt(text);
                if (count >= 1) {
                    return count;
                }
            } catch (NumberFormatException e) {
                throw wrong(text, "is no whole number");
            }
            throw wrong(text, "is not above zero");
        }
    }

    /** A number from 0 on. */
    static final class OfRate implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            try {
                double rate = Double.parseDouble(text);
                if (rate >= 0 && Double.isFinite(rate)) {
                    return rate;
                }
            } catch (NumberFormatException e) {
                throw wrong(text, "is no number");
            }
            throw wrong(text, "is not zero or above");
        }
    }

    /** The name of a namespace, or nothing. */
    static final class OfNamespace implements ITypeConverter<String> {

        private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

        @Override
        public String convert(String text) {
            if (text.isEmpty() || NAME.matcher(text).matches()) {
                return text;
            }
            throw wrong(
                    text,
                    "is no name of a namespace: at most 63 of a-z, 0-9 and -, a letter or digit at both ends");
        }
    }

    /** Kind and name of a store, or nothing. */
    static final class OfStore implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (text.isEmpty() || Fallback.reference(text).isPresent()) {
                return text;
            }
            throw wrong(text, "is neither SecretStore/NAME nor ClusterSecretStore/NAME");
        }
    }

    /** {@code text} or {@code json}. */
    static final class OfFormat implements ITypeConverter<OutputFormat> {
        @Override
        public OutputFormat convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "text" -> OutputFormat.TEXT;
                case "json" -> OutputFormat.JSON;
                default -> throw wrong(text, "is not one of text, json");
            };
        }
    }

    /** As {@link BindAddress#parse} reads it. */
    static final class OfAddress implements ITypeConverter<BindAddress> {
        @Override
        public BindAddress convert(String text) {
            return read(text, BindAddress::parse);
        }
    }

    /** As {@link LogLevel#parse} reads it. */
    static final class OfLogLevel implements ITypeConverter<LogLevel> {
        @Override
        public LogLevel convert(String text) {
            return read(text, LogLevel::parse);
        }
    }

    /** As {@link TimeEncoding#parse} reads it. */
    static final class OfTimeEncoding implements ITypeConverter<TimeEncoding> {
        @Override
        public TimeEncoding convert(String text) {
            return read(text, TimeEncoding::parse);
        }
    }

    private static <T> T read(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    private static TypeConversionException wrong(String text, String what) {
        return new TypeConversionException("'" + text + "' " + what);
    }
}

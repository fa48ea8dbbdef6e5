package dev.signet.operator.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/** Writes an event as one line of JSON, with the fields that zap gives it. */
final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};
    private static final Set<String> OWN =
            Set.of("level", "ts", "logger", "msg", "error", "stacktrace");

    private final TimeEncoding time;
    private final boolean stackTraces;

    /** With stack traces or only the one-line error of an event that has an exception. */
    JsonLineEncoder(TimeEncoding time, boolean stackTraces) {
        this.time = time;
        this.stackTraces = stackTraces;
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(256);
        line.append("{\"level\":\"");
        line.append(event.getLevel().toString().toLowerCase(Locale.ROOT));
        line.append("\",\"ts\":").append(time.json(event.getInstant()));
        field(line, "logger", event.getLoggerName());
        field(line, "msg", LogText.message(event));
        IThrowableProxy thrown = event.getThrowableProxy();
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> pair(line, pair, thrown != null));
        }
        if (thrown != null) {
            field(line, "error", LogText.error(thrown));
            if (stackTraces) {
                field(line, "stacktrace", ThrowableProxyUtil.asString(thrown));
            }
        }
        return line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void pair(StringBuilder line, KeyValuePair pair, boolean hasError) {
        // Two fields of one name are read differently by every collector.
        boolean taken = OWN.contains(pair.key) && (hasError || !pair.key.equals("error"));
        String key = taken ? pair.key + "_" : pair.key;
        if (isLiteral(pair.value)) {
            line.append(',');
            quote(line, key);
            line.append(':').append(pair.value);
        } else {
            field(line, key, LogText.value(pair.value));
        }
    }

    private static boolean isLiteral(@Nullable Object value) {
        return switch (value) {
            case Boolean any -> true;
            case Integer any -> true;
            case Long any -> true;
            case Double number -> Double.isFinite(number);
            case null, default -> false;
        };
    }

    private static void field(StringBuilder line, String key, String value) {
        line.append(',');
        quote(line, key);
        line.append(':');
        quote(line, value);
    }

    private static void quote(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> line.append("\\\"");
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (c < 0x20) {
                        line.append("\\u%04x".formatted((int) c));
                    } else {
                        line.append(c);
                    }
                }
            }
        }
        line.append('"');
    }
}

package dev.signet.operator.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;

/** Writes an event as a line for a reader: time of day, level, who, what, and the key-values. */
final class TextLineEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = {};

    private final DateTimeFormatter time;
    private final boolean stackTraces;

    /** In the time of this zone. */
    TextLineEncoder(ZoneId zone, boolean stackTraces) {
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(zone);
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
        StringBuilder line = new StringBuilder(128);
        line.append(time.format(event.getInstant()));
        line.append(" %-5s ".formatted(event.getLevel()));
        String logger = event.getLoggerName();
        line.append(logger.substring(logger.lastIndexOf('.') + 1));
        line.append(": ").append(printable(LogText.message(event)));
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> pair(line, pair.key, LogText.value(pair.value)));
        }
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            pair(line, "error", LogText.error(thrown));
        }
        line.append('\n');
        if (thrown != null && stackTraces) {
            line.append(ThrowableProxyUtil.asString(thrown));
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void pair(StringBuilder line, String key, String value) {
        boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> c <= ' ' || c == '"');
        line.append(' ').append(key).append('=');
        if (plain) {
            line.append(printable(value));
        } else {
            line.append('"').append(printable(value.replace("\"", "\\\""))).append('"');
        }
    }

    // A name or an error text from outside must not be able to drive the terminal or fake a line.
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.chars().forEach(c -> shown.append(Character.isISOControl(c) ? ' ' : (char) c));
        return shown.toString();
    }
}

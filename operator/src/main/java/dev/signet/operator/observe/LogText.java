package dev.signet.operator.observe;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.MessageFormatter;

/** The texts of a log event, with what might be a secret's bytes left out. */
final class LogText {

    private static final String HIDDEN = "***";

    /** A cause of a cause of a cause says little more. */
    private static final int MAX_CAUSES = 5;

    private LogText() {}

    /** The message with its arguments; bytes and characters in arrays are not shown. */
    static String message(ILoggingEvent event) {
        Object[] arguments = event.getArgumentArray();
        if (arguments == null || !anyHidden(arguments)) {
            return String.valueOf(event.getFormattedMessage());
        }
        Object[] shown = new Object[arguments.length];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = hidden(arguments[i]) ? HIDDEN : arguments[i];
        }
        return String.valueOf(MessageFormatter.basicArrayFormat(event.getMessage(), shown));
    }

    private static boolean anyHidden(Object[] arguments) {
        for (Object argument : arguments) {
            if (hidden(argument)) {
                return true;
            }
        }
        return false;
    }

    // Such arrays hold values on their way from a backend far more often than anything to be read.
    private static boolean hidden(@Nullable Object value) {
        return value instanceof byte[] || value instanceof char[];
    }

    /** A key's value; a secret value prints as stars by itself. */
    static String value(@Nullable Object value) {
        return hidden(value) ? HIDDEN : String.valueOf(value);
    }

    /** What went wrong and why, on one line. */
    static String error(IThrowableProxy thrown) {
        StringBuilder text = new StringBuilder();
        IThrowableProxy cause = thrown;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            text.append(i == 0 ? "" : ": caused by ");
            String name = cause.getClassName();
            text.append(name.substring(name.lastIndexOf('.') + 1));
            String message = cause.getMessage();
            if (message != null && !message.isEmpty()) {
                text.append(": ").append(message);
            }
            cause = cause.getCause();
        }
        return text.toString();
    }
}

package dev.signet.operator.observe;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.io.FilterOutputStream;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Sets up logging to standard error, without configuration files.
 *
 * <p>The operator's own loggers follow the level; those of libraries write warnings only, and even
 * at debug no more than their normal course, since HTTP clients would write credentials. The SDKs
 * of clouds write nothing at all, since they log answers that they cannot read; what went wrong is
 * in the outcome of the call. Until {@link #configure} is called, warnings are written as JSON.
 */
public final class Logging {

    private static final String OWN_LOGGERS = "dev.signet";

    /**
     * Of libraries that quote what a backend answered, or what was sent to it, when it fails; and
     * some that are of no use.
     */
    private static final List<String> SILENT_LOGGERS =
            List.of(
                    "software.amazon.awssdk",
                    "com.azure",
                    "com.jayway.jsonpath",
                    // It warns of connections that are closed from both sides at once.
                    "io.fabric8.kubernetes.client.jdkhttp.JdkWebSocketImpl",
                    // It warns of each API that is called v1alpha1.
                    "io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils");

    private Logging() {}

    /**
     * Replaces how this process logs.
     *
     * @throws IllegalStateException if another logging library than Logback is bound
     */
    public static void configure(LogSettings settings) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (!(factory instanceof LoggerContext context)) {
            throw new IllegalStateException(
                    "logging is bound to " + factory.getClass().getName() + ", not to Logback");
        }
        context.reset();
        configure(context, settings, System.err);
    }

    static void configure(LoggerContext context, LogSettings settings, OutputStream out) {
        boolean stackTraces = settings.level() == LogLevel.DEBUG;
        Encoder<ILoggingEvent> encoder =
                switch (settings.form()) {
                    case JSON -> new JsonLineEncoder(settings.time(), stackTraces);
                    case TEXT -> new TextLineEncoder(ZoneId.systemDefault(), stackTraces);
                };
        encoder.setContext(context);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setEncoder(encoder);
        appender.setOutputStream(new Unclosed(out));
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(settings.level().libraryLevel());
        context.getLogger(OWN_LOGGERS).setLevel(settings.level().ownLevel());
        SILENT_LOGGERS.forEach(name -> context.getLogger(name).setLevel(Level.OFF));
    }

    /** A stopped appender closes its stream; standard error is not ours to close. */
    private static final class Unclosed extends FilterOutputStream {

        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws java.io.IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws java.io.IOException {
            flush();
        }
    }
}

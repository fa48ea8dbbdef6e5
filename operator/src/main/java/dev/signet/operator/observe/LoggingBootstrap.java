package dev.signet.operator.observe;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * What Logback finds when it starts: warnings as JSON to standard error, and no search for
 * configuration files, which costs start-up time.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class LoggingBootstrap extends ContextAwareBase implements Configurator {

    /** For Logback, which finds it by {@link java.util.ServiceLoader}. */
    public LoggingBootstrap() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        LogSettings settings =
                new LogSettings(LogLevel.WARN, TimeEncoding.EPOCH, LogSettings.Form.JSON);
        Logging.configure(context, settings, System.err);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}

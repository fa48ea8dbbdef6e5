package dev.signet.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.signet.operator.observe.LogSettings.Form;
import dev.signet.provider.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LoggingTest {

    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Logger logger(LogLevel level, Form form) {
        return logger(level, form, "dev.signet.operator.Test");
    }

    private Logger logger(LogLevel level, Form form, String name) {
        context.reset();
        context.setMDCAdapter(new LogbackMDCAdapter());
        Logging.configure(context, new LogSettings(level, TimeEncoding.EPOCH, form), out);
        return context.getLogger(name);
    }

    private String written() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void jsonLineHasTheFieldsOfZapAndTheKeyValues() {
        logger(LogLevel.INFO, Form.JSON)
                .atInfo()
                .addKeyValue("ExternalSecret", Map.of("name", "a"))
                .addKeyValue("attempt", 3)
                .addKeyValue("due", true)
                .addKeyValue("store", (Object) null)
                .log("synced {}", "it");

        assertThat(written())
                .matches(
                        "\\{\"level\":\"info\",\"ts\":\\d+\\.\\d{9},"
                                + "\"logger\":\"dev.signet.operator.Test\",\"msg\":\"synced it\","
                                + "\"ExternalSecret\":\"\\{name=a}\",\"attempt\":3,\"due\":true,"
                                + "\"store\":\"null\"}\n");
    }

    @Test
    void jsonTextIsEscapedSoThatALineStaysALine() {
        logger(LogLevel.INFO, Form.JSON).info("a\"b\\c\nd\te\rf\u0001");

        assertThat(written()).contains("\"msg\":\"a\\\"b\\\\c\\nd\\te\\rf\\u0001\"");
        assertThat(written().lines()).hasSize(1);
    }

    @Test
    void keyThatZapUsesItselfIsSetApart() {
        logger(LogLevel.INFO, Form.JSON)
                .atWarn()
                .setCause(new IllegalStateException("x"))
                .addKeyValue("msg", "mine")
                .addKeyValue("error", "mine")
                .log("theirs");

        assertThat(written()).contains("\"msg_\":\"mine\"", "\"error_\":\"mine\"");
    }

    @Test
    void errorIsOneFieldWithItsCauses() {
        logger(LogLevel.INFO, Form.JSON)
                .error("failed", new IllegalStateException("no sync", new IOException("refused")));

        assertThat(written())
                .contains(
                        "\"error\":\"IllegalStateException: no sync: caused by IOException:"
                                + " refused\"")
                .doesNotContain("stacktrace");
    }

    @Test
    void stackTraceIsWrittenAtDebug() {
        logger(LogLevel.DEBUG, Form.JSON).error("failed", new IllegalStateException("x"));

        assertThat(written()).contains("\"stacktrace\":\"java.lang.IllegalStateException: x\\n");
        assertThat(written().lines()).hasSize(1);
    }

    @Test
    void textLineReadsForAPerson() {
        logger(LogLevel.INFO, Form.TEXT)
                .atWarn()
                .setCause(new IOException("refused"))
                .addKeyValue("object", "ns/a")
                .addKeyValue("why", "not \"ready\"")
                .log("sync failed");

        assertThat(written())
                .matches(
                        "\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  Test: sync failed object=ns/a"
                                + " why=\"not \\\\\"ready\\\\\"\" error=\"IOException: refused\"\n");
    }

    @Test
    void textLineCannotDriveTheTerminalNorFakeALine() {
        logger(LogLevel.INFO, Form.TEXT)
                .atInfo()
                .addKeyValue("name", "x\u001b[31m\ny")
                .log("a\n12:00:00.000 INFO  fake");

        assertThat(written().lines()).hasSize(1);
        assertThat(written()).doesNotContain("\u001b");
    }

    @Test
    void secretsArePrintedAsStarsInEitherForm() {
        for (Form form : Form.values()) {
            SecretValue secret = SecretValue.ofUtf8("hunter2");
            byte[] bytes = secret.bytes();
            Logger logger = logger(LogLevel.DEBUG, form);
            logger.info("read {} and {} and {}", secret, bytes, "hunter2".toCharArray());
            logger.atInfo()
                    .addKeyValue("value", secret)
                    .addKeyValue("bytes", bytes)
                    .addKeyValue("all", List.of(secret))
                    .log("read");
        }

        assertThat(written())
                .contains("read *** and *** and ***", "\"value\":\"***\"", "value=***", "bytes=***")
                .contains("\"all\":\"[***]\"")
                .doesNotContain("hunter2", "h, u, n", "104", "[B@");
    }

    @ParameterizedTest
    @CsvSource({"DEBUG, 4, 3", "INFO, 3, 2", "WARN, 2, 2", "ERROR, 1, 1"})
    void levelsBindOwnLoggersAndKeepLibrariesQuiet(LogLevel level, int own, int libraries) {
        logEach(logger(level, Form.JSON));
        assertThat(written().lines()).hasSize(own);

        out.reset();
        logEach(logger(level, Form.JSON, "org.springframework.web.client.RestTemplate"));
        assertThat(written().lines()).hasSize(libraries).noneMatch(l -> l.contains("debug"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "software.amazon.awssdk.core.internal.io.SdkLengthAwareInputStream",
                "software.amazon.awssdk.request",
                "com.azure.core.http.policy.RetryPolicy",
                "com.azure.core.serializer.json.jackson"
            })
    void sdksOfCloudsWriteNothingBecauseTheyQuoteAnswers(String logger) {
        logEach(logger(LogLevel.DEBUG, Form.JSON, logger));

        assertThat(written()).isEmpty();
    }

    private static void logEach(Logger logger) {
        logger.trace("t");
        logger.debug("d");
        logger.info("i");
        logger.warn("w");
        logger.error("e");
    }

    @ParameterizedTest
    @CsvSource({
        "debug, DEBUG",
        "info, INFO",
        "INFO, INFO",
        "'', INFO",
        "warn, WARN",
        "warning, WARN",
        "error, ERROR",
        "dpanic, ERROR",
        "panic, ERROR",
        "fatal, ERROR"
    })
    void readsTheLevelsOfZap(String text, LogLevel level) {
        assertThat(LogLevel.parse(text)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "epoch, 1769860800.120000000",
        "millis, 1769860800120.000000",
        "nano, 1769860800120000000",
        "nanos, 1769860800120000000",
        "iso8601, \"2026-01-31T12:00:00.120Z\"",
        "rfc3339, \"2026-01-31T12:00:00Z\"",
        "rfc3339nano, \"2026-01-31T12:00:00.12Z\"",
    })
    void writesTheTimeAsAsked(String encoding, String json) {
        Instant time = Instant.parse("2026-01-31T12:00:00.120Z");

        assertThat(TimeEncoding.parse(encoding).json(time)).isEqualTo(json);
    }

    @Test
    void wholeSecondHasNoFractionInRfc3339Nano() {
        assertThat(TimeEncoding.RFC3339NANO.json(Instant.parse("2026-01-31T12:00:00Z")))
                .isEqualTo("\"2026-01-31T12:00:00Z\"");
    }

    @Test
    void refusesUnknownNamesAndListsTheKnown() {
        assertThatThrownBy(() -> LogLevel.parse("loud"))
                .hasMessageContaining("'loud' is not one of debug, info");
        assertThatThrownBy(() -> TimeEncoding.parse("stardate"))
                .hasMessageContaining("'stardate' is not one of epoch, millis");
    }

    @Test
    void knowsATerminalByWhereStandardErrorLeads(@TempDir Path folder) throws IOException {
        Path terminal = Files.createSymbolicLink(folder.resolve("1"), Path.of("/dev/pts/7"));
        Path pipe = Files.createSymbolicLink(folder.resolve("2"), Path.of("pipe:[1234]"));

        assertThat(LogSettings.isTerminal(terminal)).isTrue();
        assertThat(LogSettings.isTerminal(pipe)).isFalse();
        assertThat(LogSettings.isTerminal(folder.resolve("none"))).isFalse();
    }

    @Test
    void logbackStartsWithOurBootstrapAndNotWithItsOwnDefaults() {
        LoggerContext bound = (LoggerContext) LoggerFactory.getILoggerFactory();
        ch.qos.logback.classic.Logger root = bound.getLogger(Logger.ROOT_LOGGER_NAME);

        assertThat(root.getAppender("stderr")).isNotNull();
        assertThat(root.isInfoEnabled()).isFalse();
    }
}

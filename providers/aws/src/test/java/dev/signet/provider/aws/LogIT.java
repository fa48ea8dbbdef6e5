package dev.signet.provider.aws;

import static dev.signet.provider.contract.Outcomes.read;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.signet.provider.FindQuery;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.aws.ScriptedAws.Said;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogIT {

    private static final String CANARY = "canary-91c4";

    @Test
    void holdsNothingOfAnswersAndCredentialsAtTheMostTalkativeLevelThatLibrariesAreGiven()
            throws Exception {
        // The operator gives no library its debug level.
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.INFO);
        FakeReferences references = new FakeReferences().keys("aws", "AKIAEXAMPLE", CANARY);
        try {
            for (Said said :
                    List.of(
                            Said.secret("a", CANARY),
                            Said.ok("{\"SecretString\":\"" + CANARY),
                            Said.ok("<html>" + CANARY + "</html>"),
                            new Said(500, CANARY, Map.of()),
                            Said.error(400, "AccessDeniedException", CANARY),
                            Said.error(400, CANARY, CANARY))) {
                try (ScriptedAws aws = ScriptedAws.saying(asked -> said);
                        SecretClient client =
                                Fixture.at(aws.address())
                                        .open(Specs.secretsManager(), references)) {
                    read(client, RemoteRef.of("a"));
                    client.read(Set.of(RemoteRef.of("a"), RemoteRef.of("b")));
                    client.find(new FindQuery("", "", Map.of()));
                    client.validate();
                }
            }
        } finally {
            root.detachAppender(log);
            root.setLevel(before);
        }
        assertThat(log.list)
                .noneMatch(event ->
                        event.getFormattedMessage().contains(CANARY)
                                || (event.getThrowableProxy() != null
                                        && ThrowableProxyUtil.asString(event.getThrowableProxy())
                                                .contains(CANARY)));
    }
}

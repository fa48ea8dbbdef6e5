package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.StoreHealth;
import dev.signet.testbed.AuditLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Logins by password and by certificate, against a real server. */
class AccountLoginIT {

    @TempDir private static Path folder;
    private static Accounts accounts;

    @BeforeAll
    static void start() throws Exception {
        accounts = new Accounts(folder);
    }

    @AfterAll
    static void stop() {
        accounts.close();
    }

    /** Many readers at once, then every other way to ask, share one login. */
    private static void logsInOnceAndRevokes(Specs spec) throws Exception {
        AuditLog audit = accounts.bao.audit().fromNow();
        try (Fixture session = Fixture.of(spec, accounts.references());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> reads =
                    Collections.nCopies(20, () -> Fixture.text(session.read("app", "password")));
            for (Future<String> read : threads.invokeAll(reads)) {
                assertThat(read.get()).isEqualTo("s3cr3t");
            }
            assertThat(Fixture.texts(session.extract(RemoteRef.of("app"))))
                    .isEqualTo(Map.of("password", "s3cr3t"));
            assertThat(Fixture.texts(session.client.find(new FindQuery("", "^app$", Map.of()))))
                    .containsOnlyKeys("app");
            assertThat(session.read("never")).isInstanceOf(ReadOutcome.Missing.class);
            assertThat(session.client.validate()).isEqualTo(new StoreHealth.Valid());
        }
        assertThat(audit.logins()).isEqualTo(1);
        assertThat(audit.count(e -> e.path().equals("auth/token/revoke-self"))).isEqualTo(1);
    }

    @Test
    void logsInByUserAndPassword() throws Exception {
        logsInOnceAndRevokes(accounts.byUserPass());
    }

    @Test
    void logsInByTheCertificateOfARoleOrOfAny() throws Exception {
        logsInOnceAndRevokes(accounts.byCertificate("app"));
        logsInOnceAndRevokes(accounts.byCertificate(""));
    }

    @Test
    void wrongPasswordIsDeniedAndNotQuoted() throws Exception {
        FakeReferences wrong = accounts.references().secret("people/password", "wr0ng");
        try (Fixture session = Fixture.of(accounts.byUserPass(), wrong)) {
            ReadOutcome<?> outcome = session.read("app");

            assertThat(outcome).isInstanceOf(ReadOutcome.Denied.class);
            assertThat(Outcomes.reason(outcome))
                    .contains("user and password at auth/team/people")
                    .doesNotContain("wr0ng");
        }
    }

    @Test
    void rotatedPasswordIsTakenUpUnderWay() throws Exception {
        FakeReferences references = accounts.references();
        try (Fixture session = Fixture.of(accounts.byUserPass(), references)) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            accounts.password("next");
            accounts.revoke("team/people");
            assertThat(session.read("app")).isInstanceOf(ReadOutcome.Denied.class);

            references.secret("people/password", "next");

            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
        } finally {
            accounts.password(Accounts.PASSWORD);
        }
    }

    @Test
    void rotatedCertificateIsShownAtTheNextLogin() throws Exception {
        Path other = Files.createDirectories(folder.resolve("next"));
        KeyStore next = KeyTool.pair(other, "client", "RSA", "eku=clientAuth");
        FakeReferences references = accounts.references();
        try (Fixture session = Fixture.of(accounts.byCertificate(""), references)) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");

            references
                    .secret("client/tls.crt", KeyTool.certificate(next, "client"))
                    .secret("client/tls.key", KeyTool.key(next, "client"));
            accounts.revoke("cert");
            assertThat(session.read("app")).isInstanceOf(ReadOutcome.Denied.class);

            accounts.trust("next", next);
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
        }
    }

    @Test
    void certificateThatCannotBeReadIsInvalidAndNotQuoted() throws Exception {
        FakeReferences broken =
                accounts.references().secret("client/tls.key", "-----BEGIN c4n4ry-----");
        try (Fixture session = Fixture.of(accounts.byCertificate("app"), broken)) {
            ReadOutcome<?> outcome = session.read("app");

            assertThat(outcome).isInstanceOf(ReadOutcome.Invalid.class);
            assertThat(Outcomes.reason(outcome))
                    .contains("spec.provider.vault.auth.cert.secretRef")
                    .doesNotContain("c4n4ry");
        }
    }

    @Test
    void mostTalkativeLogHoldsNoPasswordAndNoToken() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger("org.springframework");
        root.addAppender(log);
        root.setAdditive(false);
        root.setLevel(Level.TRACE);
        log.start();
        FakeReferences references = accounts.references().secret("people/password", "c4n4ry");
        accounts.password("c4n4ry");
        try (Fixture session = Fixture.of(accounts.byUserPass(), references)) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
        } finally {
            accounts.password(Accounts.PASSWORD);
            root.setLevel(null);
            root.setAdditive(true);
            root.detachAppender(log);
        }
        assertThat(log.list)
                .isNotEmpty()
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> line.contains("c4n4ry"))
                .noneMatch(line -> line.contains("client_token"))
                .noneMatch(line -> line.contains("s3cr3t"));
    }
}

package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.Reference;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreHealth;
import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ContractReferences;
import dev.signet.provider.contract.ProviderContract;
import dev.signet.testbed.AuditLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
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

    private static void logsInOnceAndRevokes(Specs spec) throws Exception {
        AuditLog audit = accounts.bao.audit().fromNow();
        try (Fixture session = Fixture.of(spec, accounts.references())) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
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

    @Nested
    class ByUserAndPassword implements ProviderContract {

        @Override
        public ContractBackend backend() {
            return new LoggedIn(accounts.byUserPass());
        }
    }

    @Nested
    class ByCertificate implements ProviderContract {

        @Override
        public ContractBackend backend() {
            return new LoggedIn(accounts.byCertificate("app"));
        }
    }

    /** The same engine for each login. */
    private record LoggedIn(Specs spec) implements ContractBackend {

        @Override
        public SecretClient open() {
            try {
                Map<Reference, SecretValue> values = new HashMap<>();
                FakeReferences all = accounts.references();
                for (Reference.SecretKey key :
                        new Reference.SecretKey[] {
                            new Reference.SecretKey("", "people", "password"),
                            new Reference.SecretKey("", "client", "tls.crt"),
                            new Reference.SecretKey("", "client", "tls.key")
                        }) {
                    values.put(key, all.read(key));
                }
                return new VaultSecretProvider()
                        .open(
                                spec.path("kv").v1().build(),
                                new ContractReferences(values).context());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void put(String key, String json) throws Exception {
            JsonObject content = JsonObject.of(Json.parse(json.getBytes(StandardCharsets.UTF_8)));
            accounts.bao.api().write("kv/" + key, content.fields());
        }

        @Override
        public void delete(String key) {
            accounts.bao.api().delete("kv/" + key);
        }

        @Override
        public MissingProperty missingProperty() {
            return MissingProperty.INVALID;
        }
    }
}

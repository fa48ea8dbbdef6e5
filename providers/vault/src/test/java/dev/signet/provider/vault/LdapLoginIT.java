package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.VaultAuth;
import dev.signet.api.store.VaultLdapAuth;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.vault.LittleServer.Answer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Logins by LDAP, against a fake of the login endpoint: OpenBao does without that method. */
class LdapLoginIT {

    private static final String NAME = "alice b./é";
    private static final String PASSWORD = " pass word\"\\é ";

    private static FakeLogins logins(String password) {
        return new FakeLogins(
                "auth/team/ldap/login/alice%20b.%2F%C3%A9",
                login ->
                        password.equals(login.get("password"))
                                ? Optional.of(NAME)
                                : Optional.empty());
    }

    private static Specs store(LittleServer vault) {
        var login =
                new VaultLdapAuth(
                        "/team/ldap/",
                        " " + NAME + " ",
                        new SecretKeySelector("people", "", "password"));
        return Specs.at(vault.address())
                .auth(new VaultAuth("", null, null, null, login, null, null, null, null, null));
    }

    @Test
    void logsInWithNameAndPasswordAsTheyAre() throws Exception {
        FakeReferences references = new FakeReferences().secret("people/password", PASSWORD + "\n");
        try (LittleServer vault = new LittleServer(logins(PASSWORD));
                Fixture session = Fixture.of(store(vault), references)) {
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            assertThat(session.count("Login")).isEqualTo(1);
        }
    }

    @Test
    void rotatedPasswordIsTakenUpUnderWay() throws Exception {
        FakeReferences references = new FakeReferences().secret("people/password", "0ld");
        FakeLogins logins = logins(PASSWORD);
        try (LittleServer vault = new LittleServer(logins);
                Fixture session = Fixture.of(store(vault), references)) {
            ReadOutcome<?> outcome = session.read("app");
            assertThat(outcome).isInstanceOf(ReadOutcome.Denied.class);
            assertThat(Outcomes.reason(outcome))
                    .contains("LDAP at auth/team/ldap")
                    .doesNotContain("0ld");

            references.secret("people/password", PASSWORD);
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
            logins.revokeAll();
            assertThat(Fixture.text(session.read("app", "password"))).isEqualTo("s3cr3t");
        }
    }

    @Test
    void emptyPasswordIsNotTried() throws Exception {
        // A directory may take one for an anonymous bind, which always succeeds.
        FakeReferences empty = new FakeReferences().secret("people/password", "\n");
        try (LittleServer vault = new LittleServer(logins(""));
                Fixture session = Fixture.of(store(vault), empty)) {
            assertThat(Outcomes.reason(session.read("app"))).isEqualTo("the password is empty");
            assertThat(vault.requests).isEmpty();
        }
    }

    @Test
    void loginThatWantsASecondFactorIsInvalid() throws Exception {
        FakeReferences references = new FakeReferences().secret("people/password", PASSWORD);
        try (LittleServer vault =
                        new LittleServer(request ->
                                Answer.of(
                                        200,
                                        "{\"auth\":{\"client_token\":\"\",\"mfa_requirement\":{\"mfa_request_id\":\"c4n4ry\"}}}"));
                Fixture session = Fixture.of(store(vault), references)) {
            ReadOutcome<?> outcome = session.read("app");

            assertThat(outcome).isInstanceOf(ReadOutcome.Invalid.class);
            assertThat(Outcomes.reason(outcome)).contains("(MFA)").doesNotContain("c4n4ry");
        }
    }

    @Test
    void answerWithoutATokenIsUnavailable() throws Exception {
        FakeReferences references = new FakeReferences().secret("people/password", PASSWORD);
        for (String body : new String[] {"{}", "{\"auth\":{}}", "[]", "<html>c4n4ry</html>"}) {
            try (LittleServer vault = new LittleServer(request -> Answer.of(200, body));
                    Fixture session = Fixture.of(store(vault), references)) {
                ReadOutcome<?> outcome = session.read("app");

                assertThat(outcome).as(body).isInstanceOf(ReadOutcome.Unavailable.class);
                assertThat(Outcomes.reason(outcome)).doesNotContain("c4n4ry");
            }
        }
    }
}

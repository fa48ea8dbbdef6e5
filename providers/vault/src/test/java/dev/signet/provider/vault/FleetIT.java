package dev.signet.provider.vault;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.store.SecretKeySelector;
import dev.signet.api.store.VaultAppRole;
import dev.signet.api.store.VaultAuth;
import dev.signet.api.store.VaultUserPassAuth;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.testbed.AuditEntry;
import dev.signet.testbed.AuditLog;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.VaultApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a fleet of stores costs a server, as its audit log tells, and what it does when told off.
 */
class FleetIT {

    private static final int PATHS = 40;
    private static final int READERS = 8;
    private static final int REFRESHES = 3;

    private static OpenBao bao;
    private static VaultApi.AppRole app;

    @BeforeAll
    static void start() {
        bao = OpenBao.builder(Binaries.discover()).start();
        VaultApi api = bao.api();
        api.policy("app", "path \"secret/*\" { capabilities = [\"read\", \"list\"] }");
        for (int i = 0; i < PATHS; i++) {
            api.putKv2("secret", "fleet/" + i, Map.of("user", "u" + i, "password", "p" + i));
        }
        api.enableAuth("approle", "approle");
        app = api.appRole("approle", "app", List.of("app"), Duration.ofMinutes(10));
        api.enableAuth("userpass", "userpass");
        for (String user : List.of("ann", "bob")) {
            api.write(
                    "auth/userpass/users/" + user,
                    Map.of("password", "pw", "token_policies", List.of("app")));
        }
    }

    @AfterAll
    static void stop() {
        bao.close();
    }

    private static FakeReferences references() {
        return new FakeReferences()
                .secret("approle/secret-id", app.secretId())
                .secret("user/password", "pw");
    }

    private static Specs appRole() {
        return Specs.at(bao.address())
                .auth(
                        new VaultAuth(
                                "",
                                null,
                                new VaultAppRole(
                                        "approle",
                                        app.roleId(),
                                        null,
                                        new SecretKeySelector("approle", "", "secret-id")),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null));
    }

    private static Specs user(String name) {
        var login =
                new VaultUserPassAuth(
                        "userpass", name, new SecretKeySelector("user", "", "password"));
        return Specs.at(bao.address())
                .auth(new VaultAuth("", null, null, null, null, login, null, null, null, null));
    }

    /** One refresh by one of many readers: each of its paths is asked for by several references. */
    private static Set<RemoteRef> share(int reader) {
        Set<RemoteRef> refs = new HashSet<>();
        for (int i = reader; i < PATHS; i += READERS) {
            refs.add(RemoteRef.of("fleet/" + i, "user"));
            refs.add(RemoteRef.of("fleet/" + i, "password"));
            refs.add(RemoteRef.of("fleet/" + i));
        }
        return refs;
    }

    @Test
    void auditLogShowsOneLoginForEachStoreAndIdentityAndOneReadForEachPathAndRefresh()
            throws Exception {
        AuditLog audit = bao.audit().fromNow();
        List<Fixture> stores =
                List.of(
                        Fixture.of(appRole(), references()),
                        Fixture.of(appRole(), references()),
                        Fixture.of(user("ann"), references()),
                        Fixture.of(user("bob"), references()));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int refresh = 0; refresh < REFRESHES; refresh++) {
                List<Callable<Boolean>> reads = new ArrayList<>();
                for (Fixture store : stores) {
                    for (int reader = 0; reader < READERS; reader++) {
                        Set<RemoteRef> share = share(reader);
                        reads.add(() ->
                                store.client.read(share).values().stream()
                                        .allMatch(ReadOutcome.Found.class::isInstance));
                    }
                }
                for (Future<Boolean> read : threads.invokeAll(reads)) {
                    assertThat(read.get()).isTrue();
                }
            }
        } finally {
            stores.forEach(Fixture::close);
        }

        assertThat(
                        audit.entries().stream()
                                .filter(AuditEntry::isLogin)
                                .collect(groupingBy(AuditEntry::path, counting())))
                .isEqualTo(
                        Map.of(
                                "auth/approle/login", 2L,
                                "auth/userpass/login/ann", 1L,
                                "auth/userpass/login/bob", 1L));
        Map<String, Long> reads =
                audit.entries().stream()
                        .filter(AuditEntry::isKvRead)
                        .collect(groupingBy(AuditEntry::path, counting()));
        assertThat(reads).hasSize(PATHS);
        assertThat(reads.values()).containsOnly((long) stores.size() * REFRESHES);
        assertThat(audit.entries())
                .hasSize(4 + stores.size() * REFRESHES * PATHS + stores.size() /* revocations */);
    }

    @Test
    void quotaOfTheServerIsBusyAndItsPausePassedOn() throws Exception {
        try (Fixture session = Fixture.of(appRole(), references())) {
            assertThat(Fixture.text(session.read("fleet/1", "user"))).isEqualTo("u1");
            bao.api()
                    .write("sys/quotas/config", Map.of("enable_rate_limit_response_headers", true));
            bao.api()
                    .write(
                            "sys/quotas/rate-limit/slow",
                            Map.of("path", "secret/", "rate", 1, "interval", "1h"));
            ReadOutcome<?> last = session.read("fleet/1");
            for (int i = 0; i < 10 && last instanceof ReadOutcome.Found<?>; i++) {
                last = session.read("fleet/1");
            }

            assertThat(last).isInstanceOf(ReadOutcome.Unavailable.class);
            assertThat(Outcomes.reason(last)).contains("rate limit reached (429)");
            assertThat(pause(last)).isPresent();
            assertThat(session.count("Login")).isEqualTo(1);
        } finally {
            bao.api().delete("sys/quotas/rate-limit/slow");
        }
    }

    private static Optional<Duration> pause(ReadOutcome<?> outcome) {
        return outcome instanceof ReadOutcome.Unavailable<?>(String reason, var pause)
                ? pause
                : Optional.empty();
    }
}

package dev.signet.provider.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.store.VaultProvider;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.RetrySettings;
import dev.signet.provider.SecretClient;
import dev.signet.provider.StoreContext;
import dev.signet.provider.contract.Outcomes;
import dev.signet.provider.vault.LittleServer.Answer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a store says about nodes that lag behind, as sent to a server that tells of its writes. */
class ReplicationIT {

    private static final String LOGIN = "/v1/auth/approle/login";

    private static Answer answer(LittleServer.Request request) {
        return request.target().equals(LOGIN)
                ? new Answer(
                        200,
                        "{\"auth\":{\"client_token\":\"t\",\"lease_duration\":3600}}",
                        Map.of("X-Vault-Index", "djE6YTox"))
                : Answer.of(200, "{\"data\":{\"data\":{\"k\":\"v\"}}}");
    }

    private static VaultProvider store(LittleServer server, boolean ryw, boolean forward) {
        VaultProvider plain = Specs.at(server.address()).appRole("role").build();
        return new VaultProvider(
                plain.auth(),
                plain.server(),
                plain.path(),
                plain.version(),
                plain.namespace(),
                plain.caBundle(),
                plain.tls(),
                plain.caProvider(),
                ryw,
                forward,
                plain.headers(),
                null);
    }

    private static SecretClient open(VaultProvider spec) {
        return new VaultSecretProvider()
                .open(
                        spec,
                        new StoreContext(
                                "SecretStore test/vault",
                                new FakeReferences().secret("approle/secret-id", "s"),
                                RetrySettings.NONE,
                                (provider, call, success) -> {},
                                Clock.systemUTC(),
                                true));
    }

    @ParameterizedTest
    @CsvSource({
        "true,true,true,true",
        "true,false,true,false",
        "false,true,true,true",
        "false,false,false,false"
    })
    void readsCarryTheStateOfTheLoginAsTheStoreWants(
            boolean readYourWrites,
            boolean forwardInconsistent,
            boolean sendsState,
            boolean asksToForward)
            throws Exception {
        try (LittleServer server = new LittleServer(ReplicationIT::answer);
                SecretClient client = open(store(server, readYourWrites, forwardInconsistent))) {
            assertThat(Outcomes.text(Outcomes.read(client, RemoteRef.of("app", "k"))))
                    .isEqualTo("v");

            List<LittleServer.Request> requests = server.requests;
            assertThat(requests.getFirst().headers()).doesNotContainKey("X-Vault-Index");
            assertThat(requests.getLast().headers().get("X-Vault-Index"))
                    .isEqualTo(sendsState ? "djE6YTox" : null);
            assertThat(requests.getLast().headers().get("X-Vault-Inconsistent"))
                    .isEqualTo(asksToForward ? "forward-active-node" : null);
        }
    }

    @Test
    void stateThatIsNoHeaderIsLeftAside() throws Exception {
        try (LittleServer server =
                        new LittleServer(request ->
                                new Answer(
                                        200,
                                        answer(request).body(),
                                        Map.of("X-Vault-Index", "x".repeat(5000))));
                SecretClient client = open(store(server, true, true))) {
            assertThat(Outcomes.text(Outcomes.read(client, RemoteRef.of("app", "k"))))
                    .isEqualTo("v");
            assertThat(server.requests.getLast().headers()).doesNotContainKey("X-Vault-Index");
        }
    }
}

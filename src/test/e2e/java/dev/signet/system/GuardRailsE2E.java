package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stores that lead to where only the operator itself has business, as users run it. */
class GuardRailsE2E {

    private static final String REFUSED = ", which the operator does not let stores reach";

    private final AtomicInteger visits = new AtomicInteger();
    private ServerSocket listener;
    private Space space;
    private RunningOperator operator;

    @BeforeEach
    void start() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        Thread.ofVirtual().start(this::welcome);
        space = Space.fresh();
        space.secret("token", Map.of("token", "t0ken"));
        operator = RunningOperator.guarded(space.namespace());
    }

    @AfterEach
    void stop() throws IOException {
        assertThat(operator.fatal()).isEmpty();
        operator.close();
        space.close();
        listener.close();
    }

    @Test
    void storesDoNotLeadToThisMachineNorToItsMetadata() {
        Map<String, String> stores = new LinkedHashMap<>();
        String port = ":" + listener.getLocalPort();
        for (String host :
                List.of(
                        "localhost",
                        "127.0.0.1",
                        "127.9.9.9",
                        "0.0.0.0",
                        "[::1]",
                        "[::ffff:127.0.0.1]",
                        "[64:ff9b::7f00:1]",
                        "169.254.169.254",
                        "[fd00:ec2::254]",
                        "100.100.100.200")) {
            for (String scheme : List.of("http", "https")) {
                String name = "vault-" + stores.size();
                stores.put(
                        name,
                        Manifests.vaultStore(
                                name,
                                URI.create(scheme + "://" + host + port),
                                Manifests.token("token")));
            }
        }
        stores.values().forEach(space::apply);

        for (String name : stores.keySet()) {
            Space.await(() ->
                    assertThat(space.ready(Kind.SECRET_STORE, name))
                            .as(name)
                            .matches(Ready::isFalse, "not ready")
                            .extracting(Ready::message)
                            .asString()
                            .contains("cannot be reached: its host is at ")
                            .contains(REFUSED)
                            .doesNotContain("t0ken"));
        }
        assertThat(visits).as("connections that were made").hasValue(0);
        assertThat(operator.exposition())
                .contains(
                        "externalsecret_provider_api_calls_count{call=\"LookupSelf\",provider=\"HashiCorp/Vault\",status=\"error\"} ");
    }

    private void welcome() {
        try {
            while (true) {
                listener.accept().close();
                visits.incrementAndGet();
            }
        } catch (IOException e) {
            // The test is over.
        }
    }
}

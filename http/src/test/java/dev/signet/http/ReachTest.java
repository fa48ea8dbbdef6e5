package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String INNOCENT = "203.0.113.7";
    private static final String METADATA = "169.254.169.254";

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]", "[::ffff:7f00:1]"})
    void storesServerOnThisMachineIsNotConnectedTo(String host) throws Exception {
        try (Server server = Server.plain((_, out) -> Server.say(out, Server.ok("")));
                Origin origin = origin(server.address(host), Reach.GUARDED)) {
            assertThatThrownBy(() -> origin.send(get()))
                    .isInstanceOf(AddressRefusedException.class)
                    .hasMessage(
                            "its host is at a loopback address, which the operator does not let stores reach");
            assertThat(server.accepted()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.1", "2130706433", "0", "fe80::1%lo", "localhost."})
    void oddWaysToWriteAnAddressHelpNobody(String host) {
        assertThatThrownBy(() -> Reach.GUARDED.address(host))
                .isInstanceOfAny(AddressRefusedException.class, UnknownHostException.class);
    }

    @Test
    void serverThatTheOperatorNamesIsConnectedToWhereverItIs() throws Exception {
        try (Server server = Server.plain((_, out) -> Server.say(out, Server.ok("")));
                Origin origin = origin(server.address("localhost"), Reach.ofStores(true))) {
            assertThat(origin.send(get()).status()).isEqualTo(200);
        }
    }

    @Test
    void nameIsJudgedByWhatItMeans() {
        Reach reach = new Reach(false, _ -> addresses(METADATA));
        assertThatThrownBy(() -> reach.address("innocent.example"))
                .isInstanceOf(AddressRefusedException.class)
                .hasMessageContaining("link-local")
                .hasMessageNotContaining(METADATA);
    }

    @Test
    void ofSeveralAddressesTheFirstThatMayBeReachedIsTaken() throws Exception {
        Reach reach = new Reach(false, _ -> addresses(METADATA, "::1", INNOCENT));
        assertThat(reach.address("mixed.example").getHostAddress()).isEqualTo(INNOCENT);
    }

    /** DNS rebinding: harmless for the judge, this machine for the one who connects. */
    @Test
    void nameIsLookedUpOnceForEachConnection() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        Reach reach =
                new Reach(
                        false,
                        _ -> addresses(lookups.getAndIncrement() == 0 ? INNOCENT : "127.0.0.1"));
        try (Server server = Server.plain((_, out) -> Server.say(out, Server.ok("")))) {
            // Nobody is at the address that was judged, and nobody else is connected to.
            try (Origin origin =
                    new Origin(
                            server.address("rebinding.example"),
                            new OriginSettings(
                                    Duration.ofMillis(300),
                                    LONG,
                                    1,
                                    null,
                                    OriginSettings.DIRECT,
                                    reach))) {
                assertThatThrownBy(() -> origin.send(get()))
                        .isNotInstanceOf(AddressRefusedException.class);
                assertThat(lookups).hasValue(1);
                assertThatThrownBy(() -> origin.send(get()))
                        .isInstanceOf(AddressRefusedException.class);
            }
            assertThat(server.accepted()).isZero();
        }
    }

    @Test
    void nameWithoutAnAddressIsSaidAsSuch() {
        Reach reach = new Reach(false, _ -> new InetAddress[0]);
        assertThatThrownBy(() -> reach.address("void.example"))
                .isInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST.",
                "a.localhost",
                "127.1",
                "0x7f.1",
                "0177.0.0.1",
                "0xa9fea9fe",
                "169.254.169.254",
                "fd00:ec2::254"
            })
    void proxyIsNotAskedForAnAddressThatIsWrittenOut(String host) throws Exception {
        assertThatThrownBy(() -> Reach.GUARDED.checkBeforeProxy(host))
                .isInstanceOf(AddressRefusedException.class);
        assertThatCode(() -> Reach.ANYWHERE.checkBeforeProxy(host)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vault.example", "10.0.0.1", "notlocalhost", "localhost.example"})
    void proxyIsAskedForAnyOther(String host) {
        assertThatCode(() -> Reach.GUARDED.checkBeforeProxy(host)).doesNotThrowAnyException();
    }

    @Test
    void refusalComesBeforeTheProxyIsAsked() throws Exception {
        try (Server server = Server.plain((_, out) -> Server.say(out, Server.ok("")));
                ConnectProxy proxy = new ConnectProxy(server.address("localhost").getPort());
                Origin origin =
                        new Origin(
                                URI.create("http://169.254.169.254"),
                                new OriginSettings(
                                        LONG,
                                        LONG,
                                        1,
                                        null,
                                        ProxySelector.of(
                                                new InetSocketAddress(
                                                        "localhost", proxy.address().getPort())),
                                        Reach.GUARDED))) {
            assertThatThrownBy(() -> origin.send(get()))
                    .isInstanceOf(AddressRefusedException.class);
            assertThat(proxy.asked()).isEmpty();
        }
    }

    private static Origin origin(URI address, Reach reach) {
        return new Origin(
                address, new OriginSettings(LONG, LONG, 1, null, OriginSettings.DIRECT, reach));
    }

    private static HttpCall get() {
        return new HttpCall("GET", "/", List.of(), new byte[0], 1000);
    }

    private static InetAddress[] addresses(String... literals) {
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.ofLiteral(literals[i]);
        }
        return addresses;
    }
}

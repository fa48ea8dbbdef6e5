package dev.signet.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnAddressTest {

    @Test
    void takesTheFirstThatAnApiServerGoesTo() throws Exception {
        assertThat(OwnAddress.best(addresses("127.0.0.1", "::1", "198.51.100.7", "203.0.113.9")))
                .contains("198.51.100.7");
    }

    @Test
    void prefersTheOldInternet() throws Exception {
        assertThat(OwnAddress.best(addresses("2001:db8::7", "198.51.100.7")))
                .contains("198.51.100.7");
        assertThat(OwnAddress.best(addresses("::1", "2001:db8::7")).orElseThrow())
                .startsWith("2001:db8:");
    }

    @Test
    void hasNoneWhereThereAreOnlyAddressesOfOneWire() throws Exception {
        assertThat(OwnAddress.best(addresses("127.0.0.1", "169.254.3.4", "fe80::1"))).isEmpty();
    }

    @Test
    void anAddressOfTheNewInternetIsWrittenInBrackets() {
        assertThat(OwnAddress.withPort("198.51.100.7", 80)).isEqualTo("198.51.100.7:80");
        assertThat(OwnAddress.withPort("2001:db8::7", 80)).isEqualTo("[2001:db8::7]:80");
    }

    private static List<InetAddress> addresses(String... texts) throws UnknownHostException {
        List<InetAddress> all = new ArrayList<>();
        for (String text : texts) {
            all.add(InetAddress.getByName(text));
        }
        return all;
    }
}

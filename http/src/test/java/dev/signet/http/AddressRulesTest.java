package dev.signet.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    127.0.0.1            | a loopback address
                    127.255.255.254      | a loopback address
                    127.1                | a loopback address
                    2130706433           | a loopback address
                    ::1                  | a loopback address
                    ::ffff:127.0.0.1     | a loopback address
                    ::127.0.0.1          | a loopback address
                    ::ffff:0:127.0.0.1   | a loopback address
                    64:ff9b::127.0.0.1   | a loopback address
                    64:ff9b:1::7f00:1    | a loopback address
                    64:ff9b:1:7f00:0:100::   | a loopback address
                    2002:7f00:1::        | a loopback address
                    2001:0:7f00:1::      | a loopback address
                    2001:0:808:808::80ff:fffe | a loopback address
                    2001:db8::5efe:127.0.0.1  | a loopback address
                    fd12::200:5efe:127.0.0.1  | a loopback address
                    0.0.0.0              | an unspecified address
                    0.1.2.3              | an unspecified address
                    ::                   | an unspecified address
                    169.254.169.254      | a link-local address, where clouds serve their metadata
                    169.254.170.23       | a link-local address, where clouds serve their metadata
                    2852039166           | a link-local address, where clouds serve their metadata
                    ::ffff:169.254.169.254    | a link-local address, where clouds serve their metadata
                    ::ffff:a9fe:a9fe     | a link-local address, where clouds serve their metadata
                    64:ff9b::a9fe:a9fe   | a link-local address, where clouds serve their metadata
                    2002:a9fe:a9fe::1    | a link-local address, where clouds serve their metadata
                    fe80::1              | a link-local address, where clouds serve their metadata
                    febf::1              | a link-local address, where clouds serve their metadata
                    fe80::a9fe:a9fe      | a link-local address, where clouds serve their metadata
                    fd00:ec2::254        | an address of a cloud's metadata service
                    fd00:ec2::23         | an address of a cloud's metadata service
                    fd20:ce::254         | an address of a cloud's metadata service
                    fd00:c1::a9fe:a9fe   | an address of a cloud's metadata service
                    100.100.100.200      | an address of a cloud's metadata service
                    168.63.129.16        | an address of a cloud's metadata service
                    192.0.0.192          | an address of a cloud's metadata service
                    ::ffff:100.100.100.200    | an address of a cloud's metadata service
                    224.0.0.1            | a multicast address
                    239.255.255.255      | a multicast address
                    ff02::1              | a multicast address
                    ::ffff:224.0.0.1     | a multicast address
                    240.0.0.1            | a reserved address
                    255.255.255.255      | a reserved address
                    """)
    void whatIsTheMachinesOwnIsRefusedInEveryForm(String address, String kind) throws Exception {
        assertThat(AddressRules.refusal(literal(address))).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "10.96.0.1",
                "172.16.0.1",
                "192.168.1.1",
                "100.64.0.10",
                "100.100.100.201",
                "169.253.1.1",
                "169.255.1.1",
                "168.63.129.17",
                "126.255.255.255",
                "128.0.0.1",
                "223.255.255.255",
                "1.1.1.1",
                "fd00:10:96::1",
                "fd12:3456::1",
                "fd20:ce::255",
                "2001:db8::1",
                "2606:4700::1111",
                "::ffff:10.0.0.1",
                "64:ff9b::808:808",
                "64:ff9b::a00:1",
                "64:ff9b:1:a00:0:100::",
                "64:ff9b:1::a00:1",
                "2002:a00:1::1",
                "fec0::1"
            })
    void whatMayBeABackendIsNot(String address) throws Exception {
        assertThat(AddressRules.refusal(literal(address))).isEmpty();
    }

    private static InetAddress literal(String address) throws UnknownHostException {
        return InetAddress.ofLiteral(address);
    }
}

package dev.signet.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {

    /**
     * What stands before an RSA key in PKCS#8: version, algorithm, and the head of what follows.
     */
    private static final int PKCS8_HEAD = 26;

    private static PrivateKey key(String algorithm, int size) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        return generator.generateKeyPair().getPrivate();
    }

    private static Pem pem(String label, byte[] der) {
        return new Pem(
                "auth.key",
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(
                                label,
                                Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der),
                                label));
    }

    @Test
    void readsKeysInPkcs8() throws Exception {
        PrivateKey rsa = key("RSA", 2048);
        PrivateKey ec = key("EC", 256);

        assertThat(PrivateKeys.of(pem("PRIVATE KEY", rsa.getEncoded()))).isEqualTo(rsa);
        assertThat(PrivateKeys.of(pem("PRIVATE KEY", ec.getEncoded()))).isEqualTo(ec);
    }

    @Test
    void readsRsaKeysInPkcs1() throws Exception {
        PrivateKey rsa = key("RSA", 2048);
        byte[] pkcs1 = Arrays.copyOfRange(rsa.getEncoded(), PKCS8_HEAD, rsa.getEncoded().length);

        assertThat(PrivateKeys.of(pem("RSA PRIVATE KEY", pkcs1))).isEqualTo(rsa);
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 384})
    void readsEcKeysInSec1BehindTheirParameters(int size) throws Exception {
        ECPrivateKey ec = (ECPrivateKey) key("EC", size);
        byte[] curve =
                HexFormat.of().parseHex(size == 256 ? "06082a8648ce3d030107" : "06052b81040022");
        byte[] scalar = new byte[size / 8];
        byte[] number = ec.getS().toByteArray();
        int length = Math.min(number.length, scalar.length);
        System.arraycopy(number, number.length - length, scalar, scalar.length - length, length);
        byte[] sec1 = der(0x30, der(2, new byte[] {1}), der(4, scalar), der(0xa0, curve));
        Pem file =
                new Pem(
                        "auth.key",
                        pem("EC PARAMETERS", curve).text() + pem("EC PRIVATE KEY", sec1).text());

        assertThat(((ECPrivateKey) PrivateKeys.of(file)).getS()).isEqualTo(ec.getS());
        assertThat(((ECPrivateKey) PrivateKeys.of(file)).getParams().getOrder().bitLength())
                .isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c4n4ry",
                "-----BEGIN PRIVATE KEY-----\nc4n4ry\n-----END PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMIIBc4n4ry==\n-----END EC PRIVATE KEY-----",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nc4n4ry==\n-----END ENCRYPTED PRIVATE KEY-----",
            })
    void saysOfOtherTextsWhichFieldGaveThemAndNoMore(String text) {
        assertThatThrownBy(() -> PrivateKeys.of(new Pem("auth.key", text)))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("auth.key")
                .hasMessageNotContaining("c4n4ry")
                .hasNoCause();
        assertThat(new Pem("auth.key", text).toString()).doesNotContain("c4n4ry");
    }

    @Test
    void leavesTlsToThePlatformWhereNothingIsGiven() throws Exception {
        assertThat(Tls.context(TlsMaterial.trusting(null))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----"})
    void refusesWhatIsNoCertificate(String text) {
        assertThatThrownBy(() -> Tls.context(TlsMaterial.trusting(new Pem("caBundle", text))))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("caBundle");
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.size() >= 0x80) {
            out.write(0x81);
        }
        out.write(content.size());
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}

package dev.signet.system;

import dev.signet.sealed.KeyGenerator;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.SealedFormatException;
import dev.signet.sealed.SealingCertificate;
import dev.signet.sealed.UnsealingKey;
import dev.signet.testbed.KubeApi;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Keys of both lengths in both encodings, for both controllers. */
final class SealingKeys {

    private static final Duration LIFE = Duration.ofDays(3650);

    /** Version, algorithm rsaEncryption: what PKCS#8 puts before a key of PKCS#1. */
    private static final byte[] ALGORITHM = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    private final List<Pair> pairs = new ArrayList<>();

    /**
     * One key as it is stored.
     *
     * @param name of its Secret
     * @param keyPem in PKCS#1 or PKCS#8
     * @param certificatePem of its certificate
     */
    record Pair(String name, String keyPem, String certificatePem) {

        SealingCertificate certificate() {
            try {
                return SealingCertificate.parse(certificatePem);
            } catch (SealedFormatException e) {
                throw new AssertionError(e);
            }
        }

        UnsealingKey key() {
            try {
                return UnsealingKey.parse(name, keyPem, certificatePem);
            } catch (SealedFormatException e) {
                throw new AssertionError(e);
            }
        }

        /** The name alone. */
        @Override
        public String toString() {
            return name;
        }
    }

    private SealingKeys() {}

    /** RSA of 2048 and 4096 bits, each in PKCS#1 and in PKCS#8. */
    static SealingKeys ofAllKinds() {
        SealingKeys keys = new SealingKeys();
        for (int bits : new int[] {2048, 4096}) {
            keys.add("rsa" + bits + "-pkcs1", bits, false);
            keys.add("rsa" + bits + "-pkcs8", bits, true);
        }
        return keys;
    }

    private void add(String name, int bits, boolean pkcs8) {
        UnsealingKey key =
                new KeyGenerator(Clock.systemUTC(), new SecureRandom())
                        .generate(name, bits, LIFE, "");
        String pem = key.privateKeyPem();
        pairs.add(new Pair(name, pkcs8 ? toPkcs8(pem) : pem, key.certificate().pem()));
    }

    List<Pair> pairs() {
        return List.copyOf(pairs);
    }

    KeyRing ring() {
        return KeyRing.byCertificate(pairs.stream().map(Pair::key).toList());
    }

    /** Makes the Secrets in which a controller finds them. */
    void store(KubeApi api, String namespace) {
        for (Pair pair : pairs) {
            api.create(
                    Kind.SECRET.path(namespace),
                    Map.of(
                            "metadata",
                            Map.of(
                                    "name",
                                    pair.name(),
                                    "labels",
                                    Map.of(
                                            "sealedsecrets.bitnami.com/sealed-secrets-key",
                                            "active")),
                            "type",
                            "kubernetes.io/tls",
                            "stringData",
                            Map.of("tls.crt", pair.certificatePem(), "tls.key", pair.keyPem())));
        }
    }

    /** RFC 5208: the key of PKCS#1 with the name of its algorithm. */
    private static String toPkcs8(String pkcs1) {
        byte[] key =
                Base64.getMimeDecoder()
                        .decode(
                                pkcs1.lines()
                                        .filter(line -> !line.startsWith("-"))
                                        .collect(Collectors.joining()));
        byte[] wrapped = tagged(0x30, concat(ALGORITHM, tagged(0x04, key)));
        String lines =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(wrapped);
        return "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n";
    }

    /** DER of more than 255 bytes and less than 64 KiB, as all keys here are. */
    private static byte[] tagged(int tag, byte[] content) {
        int length = content.length;
        return concat(
                new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length}, content);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }
}

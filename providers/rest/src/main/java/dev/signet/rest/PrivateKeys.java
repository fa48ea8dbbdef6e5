package dev.signet.rest;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Reads private keys in the forms that {@code kubectl} and OpenSSL write, without a password. */
final class PrivateKeys {

    /** AlgorithmIdentifier of rsaEncryption, with its NULL. */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    /** Object identifier of id-ecPublicKey; the curve follows it. */
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int PARAMETERS = 0xa0;

    private PrivateKeys() {}

    /** The key in {@code pem}; whatever goes wrong is told without quoting it. */
    static PrivateKey of(Pem pem) throws GeneralSecurityException {
        try {
            Pem.Block block = pem.key();
            return switch (block.label()) {
                case "PRIVATE KEY" -> pkcs8(block.der());
                case "RSA PRIVATE KEY" -> pkcs8(wrapped(RSA, block.der()));
                case "EC PRIVATE KEY" ->
                        pkcs8(wrapped(der(SEQUENCE, joined(EC, curve(block.der()))), block.der()));
                default -> throw new InvalidKeyException("no key");
            };
        } catch (RuntimeException | GeneralSecurityException e) {
            throw new GeneralSecurityException(
                    "%s holds no private key that can be read: PKCS#8, PKCS#1 (RSA) or SEC 1 (EC) in PEM, without a password, is needed"
                            .formatted(pem.field()));
        }
    }

    private static PrivateKey pkcs8(byte[] encoded) throws GeneralSecurityException {
        GeneralSecurityException last = new InvalidKeyException("no key");
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException e) {
                last = e;
            }
        }
        throw last;
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return der(SEQUENCE, joined(VERSION_0, algorithm, der(OCTET_STRING, key)));
    }

    /** The object identifier in the parameters of an ECPrivateKey (RFC 5915). */
    private static byte[] curve(byte[] key) throws InvalidKeyException {
        int at = content(key, 0);
        while (at < key.length) {
            int from = content(key, at);
            int to = from + length(key, at);
            if ((key[at] & 0xff) == PARAMETERS) {
                return Arrays.copyOfRange(key, from, to);
            }
            at = to;
        }
        throw new InvalidKeyException("no curve");
    }

    private static int content(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7f); i++) {
            length = Math.addExact(Math.multiplyExact(length, 256), der[at + 2 + i] & 0xff);
        }
        return length;
    }

    private static byte[] der(int tag, byte[] content) {
        int length = content.length;
        byte[] head =
                length < 0x80
                        ? new byte[] {(byte) tag, (byte) length}
                        : new byte[] {
                            (byte) tag,
                            (byte) 0x83,
                            (byte) (length >> 16),
                            (byte) (length >> 8),
                            (byte) length
                        };
        return joined(head, content);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}

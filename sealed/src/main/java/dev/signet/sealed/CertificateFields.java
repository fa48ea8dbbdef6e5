package dev.signet.sealed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * What is read of a certificate (RFC 5280 §4.1). Bitnami's have no issuer, which readers of whole
 * certificates refuse.
 *
 * @param key a SubjectPublicKeyInfo
 * @param isRsa whether the key is one of RSA
 */
record CertificateFields(Der key, boolean isRsa, Instant notBefore, Instant notAfter) {

    /** rsaEncryption, 1.2.840.113549.1.1.1 (RFC 8017 §A.1). */
    private static final byte[] RSA = {
        0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01
    };

    /** How many fields stand between the version and what is read. */
    private static final int SERIAL_ALGORITHM_ISSUER = 3;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmssX");

    /** Two digits from here on are of the twentieth century. */
    private static final String CENTURY_TURNS_AT = "50";

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException where this is not a certificate
     */
    static CertificateFields read(byte[] der) {
        try {
            List<Der> signed = Der.first(der).elements().getFirst().elements();
            int version = signed.getFirst().tag() == Der.VERSION ? 1 : 0;
            int validity = version + SERIAL_ALGORITHM_ISSUER;
            List<Der> dates = signed.get(validity).elements();
            Der key = signed.get(validity + 2);
            Der algorithm = key.elements().getFirst().elements().getFirst();
            boolean isRsa =
                    algorithm.tag() == Der.OBJECT_IDENTIFIER
                            && Arrays.equals(algorithm.value(), RSA);
            return new CertificateFields(key, isRsa, instant(dates.get(0)), instant(dates.get(1)));
        } catch (IndexOutOfBoundsException | NoSuchElementException e) {
            throw new IllegalArgumentException("a certificate has more fields");
        }
    }

    private static Instant instant(Der time) {
        String text = new String(time.value(), StandardCharsets.US_ASCII);
        String whole =
                switch (time.tag()) {
                    case Der.UTC_TIME ->
                            (text.compareTo(CENTURY_TURNS_AT) < 0 ? "20" : "19") + text;
                    case Der.GENERALIZED_TIME -> text;
                    default -> throw new IllegalArgumentException("a date is none");
                };
        try {
            return LocalDateTime.parse(whole, TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("a date is none");
        }
    }
}

package dev.signet.sealed;

import java.time.Instant;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;

/**
 * What is read of a certificate (RFC 5280 §4.1). Bitnami's have no issuer, which readers of whole
 * certificates refuse.
 */
record CertificateFields(SubjectPublicKeyInfo key, Instant notBefore, Instant notAfter) {

    /** How many fields stand between the version and what is read. */
    private static final int SERIAL_ALGORITHM_ISSUER = 3;

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException where this is not a certificate
     */
    static CertificateFields read(byte[] der) {
        try {
            ASN1Sequence signed =
                    ASN1Sequence.getInstance(ASN1Sequence.getInstance(der).getObjectAt(0));
            int version = signed.getObjectAt(0) instanceof ASN1TaggedObject ? 1 : 0;
            int validity = version + SERIAL_ALGORITHM_ISSUER;
            ASN1Sequence dates = ASN1Sequence.getInstance(signed.getObjectAt(validity));
            return new CertificateFields(
                    SubjectPublicKeyInfo.getInstance(signed.getObjectAt(validity + 2)),
                    instant(dates, 0),
                    instant(dates, 1));
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a certificate has more fields");
        }
    }

    private static Instant instant(ASN1Sequence dates, int index) {
        return Time.getInstance(dates.getObjectAt(index)).getDate().toInstant();
    }
}

package dev.signet.cli.seal;

import dev.signet.sealed.SealedFormatException;
import dev.signet.sealed.SealingCertificate;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Where the certificate is from that values are sealed with. */
public interface CertificateSource {

    /**
     * What the source holds: one certificate or several, in PEM.
     *
     * @throws SealException where it cannot be had
     */
    String pem() throws SealException, InterruptedException;

    /**
     * The first certificate of the source.
     *
     * @throws SealException where there is none, its key is not RSA, or it has expired
     */
    default SealingCertificate certificate(Clock clock) throws SealException, InterruptedException {
        SealingCertificate certificate;
        try {
            certificate = SealingCertificate.parse(pem());
        } catch (SealedFormatException e) {
            throw new SealException(String.valueOf(e.getMessage()));
        }
        if (clock.instant().isAfter(certificate.notAfter())) {
            throw new SealException(
                    "failed to encrypt using an expired certificate on "
                            + DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ENGLISH)
                                    .format(certificate.notAfter().atOffset(ZoneOffset.UTC)));
        }
        return certificate;
    }

    /**
     * A file or an address.
     *
     * @param place a path, or an address with {@code http}, {@code https} or {@code file}
     * @param environment tells proxies
     */
    static CertificateSource at(String place, Map<String, String> environment)
            throws SealException {
        if (!Schemes.LIKE_AN_ADDRESS.matcher(place).lookingAt()) {
            return new CertificateFile(Path.of(place));
        }
        URI address;
        try {
            address = new URI(place);
        } catch (URISyntaxException e) {
            throw new SealException("parse \"%s\": it is no address".formatted(place));
        }
        return switch (address.getScheme().toLowerCase(Locale.ROOT)) {
            case "http", "https" ->
                    new CertificateAddress(address, new ProxyEnvironment(environment));
            case "file" -> ofFile(place, Path.of(address.getPath()));
            default ->
                    throw new SealException(
                            "Get \"%s\": unsupported protocol scheme \"%s\""
                                    .formatted(place, address.getScheme()));
        };
    }

    private static CertificateSource ofFile(String address, Path path) throws SealException {
        if (!Files.exists(path)) {
            throw new SealException("cannot fetch \"%s\": 404 Not Found".formatted(address));
        }
        return new CertificateFile(path);
    }

    /** Tells addresses from paths. */
    final class Schemes {

        // One letter is a drive of Windows.
        private static final Pattern LIKE_AN_ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:");

        private Schemes() {}
    }
}

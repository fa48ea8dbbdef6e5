package dev.signet.cli;

import dev.signet.operator.observe.BindAddress;
import dev.signet.operator.sealedsecret.ApiSettings;
import dev.signet.operator.sealedsecret.KeyOrder;
import dev.signet.operator.sealedsecret.KeySettings;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Flags of sealing keys and of the API for kubeseal, with the names of Bitnami's controller. */
final class SealedKeysOptions {

    private static final int LEAST_BITS = 2_048;
    private static final int MOST_BITS = 16_384;

    @Option(
            names = {"--sealed-secrets-listen-address", "--listen-addr"},
            paramLabel = "HOST:PORT",
            defaultValue = ":8080",
            converter = Converters.OfAddress.class,
            description = "Where the API for kubeseal is served; 0 for nowhere.")
    private BindAddress address = BindAddress.DISABLED;

    @Option(
            names = "--rate-limit",
            paramLabel = "N",
            defaultValue = "20",
            converter = Converters.OfRate.class,
            description =
                    "The most requests to verify or rotate that a caller may send each second; 0 for no limit.")
    private double rateLimit;

    @Option(
            names = "--rate-limit-burst",
            paramLabel = "N",
            defaultValue = "40",
            converter = Converters.OfCount.class,
            description = "How many of these may come at once.")
    private int rateLimitBurst;

    @Option(
            names = "--key-prefix",
            paramLabel = "NAME",
            defaultValue = "sealed-secrets-key",
            description = "What the names of new key Secrets begin with.")
    private String prefix = "";

    @Option(
            names = "--key-size",
            paramLabel = "BITS",
            defaultValue = "4096",
            converter = Converters.OfCount.class,
            description = "Size of new RSA keys, from 2048 to 16384.")
    private int size;

    @Option(
            names = "--key-ttl",
            paramLabel = "DURATION",
            defaultValue = "87600h",
            converter = Converters.OfDuration.class,
            description = "How long kubeseal accepts the certificate of a new key.")
    private Duration life = Duration.ZERO;

    @Option(
            names = "--my-cn",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Common name in the certificates of new keys.")
    private String commonName = "";

    @Option(
            names = {"--key-renew-period", "--rotate-period"},
            paramLabel = "DURATION",
            defaultValue = "720h",
            converter = Converters.OfPeriod.class,
            description = "Age of the newest key at which a new one is made; 0 for never.")
    private Duration renewPeriod = Duration.ZERO;

    @Option(
            names = "--key-order-priority",
            paramLabel = "ORDER",
            defaultValue = "CertNotBefore",
            converter = Converters.OfKeyOrder.class,
            description =
                    "By what the newest key is found: CertNotBefore or SecretCreationTimestamp.")
    private KeyOrder order = KeyOrder.CERT_NOT_BEFORE;

    @Option(
            names = "--key-cutoff-time",
            paramLabel = "TIME",
            defaultValue = "",
            description =
                    "Make a new key if the newest is older, as in 'Mon, 02 Jan 2006 15:04:05 -0700'.")
    private String cutoff = "";

    @Option(
            names = "--privatekey-labels",
            paramLabel = "KEY=VALUE[,...]",
            defaultValue = "",
            description = "Labels of new key Secrets.")
    private String labels = "";

    @Option(
            names = "--privatekey-annotations",
            paramLabel = "KEY=VALUE[,...]",
            defaultValue = "",
            description = "Annotations of new key Secrets.")
    private String annotations = "";

    @Option(
            names = "--certificate-configmap",
            paramLabel = "NAME",
            defaultValue = "sealed-secrets-certificate",
            description = "ConfigMap with the newest certificate; none for no ConfigMap.")
    private String certificateMap = "";

    @Option(
            names = {
                "--watch-for-secrets",
                "--listen-metrics-addr",
                "--read-timeout",
                "--write-timeout"
            },
            arity = "0..1",
            paramLabel = "VALUE",
            hidden = true,
            description = "Taken for compatibility; changes nothing.")
    private String[] passedOver = {};

    /** How many flags were passed over. */
    int passedOver() {
        return passedOver.length;
    }

    /** What the flags say of keys. */
    KeySettings keys(CommandLine command) {
        if (size < LEAST_BITS || size > MOST_BITS) {
            throw new ParameterException(
                    command, "--key-size: %d is not from 2048 to 16384".formatted(size));
        }
        return new KeySettings(
                prefix,
                size,
                life,
                commonName,
                renewPeriod,
                order,
                cutoff(command),
                pairs(command, "--privatekey-labels", labels),
                pairs(command, "--privatekey-annotations", annotations),
                certificateMap.equals("none") ? "" : certificateMap);
    }

    /** What the flags say of the API. */
    ApiSettings api() {
        return new ApiSettings(address, rateLimit, rateLimitBurst);
    }

    private @Nullable Instant cutoff(CommandLine command) {
        if (cutoff.isEmpty()) {
            return null;
        }
        DateTimeFormatter form =
                DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH);
        try {
            return OffsetDateTime.parse(cutoff.strip(), form).toInstant();
        } catch (DateTimeParseException e) {
            throw new ParameterException(
                    command,
                    "--key-cutoff-time: '%s' is not written as 'Mon, 02 Jan 2006 15:04:05 -0700'; take the output of: date -R"
                            .formatted(cutoff));
        }
    }

    private static Map<String, String> pairs(CommandLine command, String flag, String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : List.of(text.split(","))) {
            int equals = pair.indexOf('=');
            if (pair.isBlank()) {
                continue;
            }
            if (equals < 1) {
                throw new ParameterException(
                        command, "%s: '%s' is not written as key=value".formatted(flag, pair));
            }
            pairs.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
        }
        return pairs;
    }
}

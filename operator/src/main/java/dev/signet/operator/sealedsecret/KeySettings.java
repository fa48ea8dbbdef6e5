package dev.signet.operator.sealedsecret;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where keys are kept and when new ones are made.
 *
 * @param prefix what the names of key Secrets begin with; a Secret of exactly this name is a key
 *     too
 * @param bits of the modulus of new keys
 * @param life of the certificates of new keys
 * @param commonName of the certificates of new keys; empty for none
 * @param renewPeriod after which a newer key is made; zero for never
 * @param order which key is the newest
 * @param cutoff a newest key from before this time is replaced once it has come; absent for none
 * @param labels of new key Secrets, besides the one that makes them keys
 * @param annotations of new key Secrets
 * @param certificateMap name of the ConfigMap with the newest certificate; empty for none
 */
public record KeySettings(
        String prefix,
        int bits,
        Duration life,
        String commonName,
        Duration renewPeriod,
        KeyOrder order,
        @Nullable Instant cutoff,
        Map<String, String> labels,
        Map<String, String> annotations,
        String certificateMap) {

    /** What the command line starts from. */
    public static final KeySettings DEFAULTS =
            new KeySettings(
                    "sealed-secrets-key",
                    4096,
                    Duration.ofDays(3_650),
                    "",
                    Duration.ofDays(30),
                    KeyOrder.CERT_NOT_BEFORE,
                    null,
                    Map.of(),
                    Map.of(),
                    "sealed-secrets-certificate");

    /** The maps are copied. */
    public KeySettings {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }
}

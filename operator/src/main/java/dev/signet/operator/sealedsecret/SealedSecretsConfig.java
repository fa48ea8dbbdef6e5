package dev.signet.operator.sealedsecret;

/**
 * How Sealed Secrets are served.
 *
 * @param enabled whether they are
 * @param home the operator's own namespace
 * @param unseal how SealedSecrets become Secrets
 * @param keys where keys are kept and when new ones are made
 */
public record SealedSecretsConfig(
        boolean enabled, String home, UnsealSettings unseal, KeySettings keys) {

    /** What the command line starts from. */
    public static final SealedSecretsConfig DEFAULTS =
            new SealedSecretsConfig(true, "default", UnsealSettings.DEFAULTS, KeySettings.DEFAULTS);

    /** Without Sealed Secrets. */
    public static final SealedSecretsConfig OFF =
            new SealedSecretsConfig(
                    false, "default", UnsealSettings.DEFAULTS, KeySettings.DEFAULTS);

    /** These settings for an operator in another namespace. */
    public SealedSecretsConfig inHome(String other) {
        return new SealedSecretsConfig(enabled, other, unseal, keys);
    }
}

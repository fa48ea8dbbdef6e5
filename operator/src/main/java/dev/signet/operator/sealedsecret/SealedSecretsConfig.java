package dev.signet.operator.sealedsecret;

/**
 * How Sealed Secrets are served.
 *
 * @param enabled whether they are
 * @param home the operator's own namespace
 * @param unseal how SealedSecrets become Secrets
 */
public record SealedSecretsConfig(boolean enabled, String home, UnsealSettings unseal) {

    /** What the command line starts from. */
    public static final SealedSecretsConfig DEFAULTS =
            new SealedSecretsConfig(true, "default", UnsealSettings.DEFAULTS);

    /** Without Sealed Secrets. */
    public static final SealedSecretsConfig OFF =
            new SealedSecretsConfig(false, "default", UnsealSettings.DEFAULTS);
}

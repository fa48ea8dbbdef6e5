package dev.signet.cli;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * Flags of External Secrets that a deployment may carry over. Those that change nothing here are
 * taken and passed over; those that would promise something that is not there yet are refused.
 */
final class AcceptedFlags {

    @Option(
            names = {
                "--client-qps",
                "--client-burst",
                "--enable-secrets-caching",
                "--enable-configmaps-caching",
                "--enable-managed-secrets-caching",
                "--enable-secret-api-read-on-cache-mismatch",
                "--enable-secret-store-reconciler",
                "--enable-generator-state",
                "--generator-gc-grace-period",
                "--enable-extended-metric-labels",
                "--enable-http2",
                "--enable-vault-token-cache",
                "--experimental-enable-vault-token-cache",
                "--vault-token-cache-size",
                "--experimental-enable-aws-session-cache",
                "--enable-cluster-external-secret-reconciler",
                "--enable-cluster-push-secret-reconciler",
                "--enable-push-secret-reconciler"
            },
            arity = "0..1",
            paramLabel = "VALUE",
            hidden = true,
            description = "Taken for compatibility; changes nothing.")
    private String[] passedOver = {};

    @Option(
            names = "--enable-leader-election",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            hidden = true)
    private boolean leaderElection;

    @Option(
            names = "--unsafe-allow-generic-targets",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            hidden = true)
    private boolean genericTargets;

    @Option(
            names = "--metrics-secure",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            hidden = true)
    private boolean metricsSecure;

    @Option(names = "--template-left-delimiter", defaultValue = "{{", hidden = true)
    private String leftDelimiter;

    @Option(names = "--template-right-delimiter", defaultValue = "}}", hidden = true)
    private String rightDelimiter;

    /** Refuses what is not there yet. */
    void check(CommandLine command) {
        refuse(
                command,
                leaderElection,
                "--enable-leader-election is not supported yet; run one replica, and leave the flag out");
        refuse(
                command,
                genericTargets,
                "--unsafe-allow-generic-targets is not supported yet; only Secrets are written");
        refuse(
                command,
                metricsSecure,
                "--metrics-secure is not supported yet; metrics are served without TLS");
        refuse(command, !leftDelimiter.equals("{{"), delimiter("--template-left-delimiter"));
        refuse(command, !rightDelimiter.equals("}}"), delimiter("--template-right-delimiter"));
    }

    private static String delimiter(String flag) {
        return flag + " is not supported yet; templates are written between {{ and }}";
    }

    /** How many flags were passed over. */
    int passedOver() {
        return passedOver.length;
    }

    private static void refuse(CommandLine command, boolean given, String message) {
        if (given) {
            throw new ParameterException(command, message);
        }
    }
}

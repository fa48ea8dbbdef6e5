package dev.signet.cli;

import dev.signet.operator.sealedsecret.KeySettings;
import dev.signet.operator.sealedsecret.SealedSecretsConfig;
import dev.signet.operator.sealedsecret.UnsealSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * Flags of Sealed Secrets, with the names and defaults of Bitnami's controller. Each can also be
 * set by its variable there, {@code SEALED_SECRETS_LABEL_SELECTOR}.
 */
final class SealedSecretsOptions {

    private static final Path NAMESPACE_FILE =
            Path.of("/var/run/secrets/kubernetes.io/serviceaccount/namespace");

    @Option(
            names = "--sealed-secrets",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            description = "Serve SealedSecrets, where their CRD is installed.")
    private boolean enabled;

    @Option(
            names = "--all-namespaces",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            description = "Unseal in all namespaces; where --namespace is set, only there.")
    private boolean allNamespaces;

    @Option(
            names = "--additional-namespaces",
            paramLabel = "NAME[,NAME...]",
            split = ",",
            defaultValue = "",
            description =
                    "With --all-namespaces=false: unseal in these namespaces, and in the operator's own.")
    private List<String> additionalNamespaces = List.of();

    @Option(
            names = "--label-selector",
            paramLabel = "SELECTOR",
            defaultValue = "",
            description = "Look only at SealedSecrets with these labels.")
    private String labelSelector = "";

    @Option(
            names = "--accept-deprecated-v1-data",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            description = "Open spec.data of SealedSecrets made before version 0.6.")
    private boolean acceptLegacy;

    @Option(
            names = "--update-status",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            description = "Write the status of SealedSecrets.")
    private boolean updateStatus;

    @Option(
            names = "--skip-recreate",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            description =
                    "Leave a Secret that was deleted or edited as it is, until its SealedSecret changes.")
    private boolean skipRecreate;

    @Option(
            names = "--metrics-omit-secret-labels",
            paramLabel = "true|false",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            description = "Leave out metrics that name SealedSecrets.")
    private boolean omitSecretLabels;

    @Option(
            names = {
                "--max-unseal-retries",
                "--kubeclient-qps",
                "--kubeclient-burst",
                "--log-info-stdout",
                "--log-level",
                "--log-format"
            },
            arity = "0..1",
            paramLabel = "VALUE",
            hidden = true,
            description = "Taken for compatibility; changes nothing.")
    private String[] passedOver = {};

    @Option(
            names = "--old-gc-behavior",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "false",
            hidden = true)
    private boolean oldGarbageCollection;

    /** Refuses what is not there. */
    void check(CommandLine command) {
        if (oldGarbageCollection) {
            throw new ParameterException(
                    command,
                    "--old-gc-behavior is not supported; Kubernetes deletes Secrets with their SealedSecret");
        }
    }

    /** How many flags were passed over. */
    int passedOver() {
        return passedOver.length;
    }

    /** What the flags say. */
    SealedSecretsConfig config(KeySettings keys) {
        return new SealedSecretsConfig(enabled, home(System.getenv()), unseal(), keys);
    }

    private UnsealSettings unseal() {
        return new UnsealSettings(
                allNamespaces,
                additionalNamespaces.stream()
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList(),
                labelSelector,
                acceptLegacy,
                updateStatus,
                skipRecreate,
                omitSecretLabels);
    }

    /** The namespace that the operator runs in, found as Bitnami's controller finds it. */
    private static String home(Map<String, String> environment) {
        String named = environment.getOrDefault("POD_NAMESPACE", "");
        if (!named.isEmpty()) {
            return named;
        }
        try {
            String mounted = Files.readString(NAMESPACE_FILE).strip();
            return mounted.isEmpty() ? "default" : mounted;
        } catch (IOException e) {
            return "default";
        }
    }
}

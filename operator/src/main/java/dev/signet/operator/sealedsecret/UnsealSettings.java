package dev.signet.operator.sealedsecret;

import java.util.List;

/**
 * How SealedSecrets become Secrets.
 *
 * @param allNamespaces whether all namespaces are watched
 * @param additionalNamespaces where not all are: which besides the operator's own
 * @param labelSelector which SealedSecrets are looked at; empty for all
 * @param acceptLegacy whether {@code spec.data} of old SealedSecrets is opened
 * @param updateStatus whether the status of SealedSecrets is written
 * @param skipRecreate whether Secrets are left alone until their SealedSecret changes: neither made
 *     again when they are deleted, nor brought back when they are edited
 * @param omitSecretLabels whether metrics name no SealedSecret
 */
public record UnsealSettings(
        boolean allNamespaces,
        List<String> additionalNamespaces,
        String labelSelector,
        boolean acceptLegacy,
        boolean updateStatus,
        boolean skipRecreate,
        boolean omitSecretLabels) {

    /** What the command line starts from. */
    public static final UnsealSettings DEFAULTS =
            new UnsealSettings(true, List.of(), "", true, true, false, false);

    /** The list is copied. */
    public UnsealSettings {
        additionalNamespaces = List.copyOf(additionalNamespaces);
    }
}

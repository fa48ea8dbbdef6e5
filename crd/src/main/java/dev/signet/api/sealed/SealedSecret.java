package dev.signet.api.sealed;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A Secret whose values are encrypted for one cluster, so that it can be kept in Git. */
@Group("bitnami.com")
@Version("v1alpha1")
@Kind("SealedSecret")
@Plural("sealedsecrets")
@JsonClassDescription(
        "A Secret whose values are encrypted for one cluster, so that it can be kept in Git.")
@AdditionalPrinterColumn(
        name = "Status",
        jsonPath = ".status.conditions[0].message",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Synced",
        jsonPath = ".status.conditions[0].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class SealedSecret extends CustomResource<SealedSecretSpec, SealedSecretStatus>
        implements Namespaced {

    /** On a SealedSecret: every object of its namespace may hold its values. */
    public static final String NAMESPACE_WIDE = "sealedsecrets.bitnami.com/namespace-wide";

    /** On a SealedSecret: every object of the cluster may hold its values. */
    public static final String CLUSTER_WIDE = "sealedsecrets.bitnami.com/cluster-wide";

    /** On a Secret that exists: it may be replaced and owned. */
    public static final String MANAGED = "sealedsecrets.bitnami.com/managed";

    /** On a Secret that exists: keys may be added to it. */
    public static final String PATCH = "sealedsecrets.bitnami.com/patch";

    /** In the template's metadata: the Secret has no owner and outlives its SealedSecret. */
    public static final String SKIP_OWNER = "sealedsecrets.bitnami.com/skip-set-owner-references";

    /** On a SealedSecret: its values are read by stores alone, and it makes no Secret. */
    public static final String STORE_ONLY = "signet.dev/store-only";

    /** On a SealedSecret: the remote key by which stores know it, besides its name. */
    public static final String REMOTE_KEY = "signet.dev/remote-key";

    private static final long serialVersionUID = 1L;

    @Override
    protected @Nullable SealedSecretSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable SealedSecretStatus initStatus() {
        return null;
    }
}

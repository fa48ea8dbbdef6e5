package dev.signet.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** Keeps one object, mostly a Secret, in step with values in a backend. */
@Group("external-secrets.io")
@Version("v1")
@Kind("ExternalSecret")
@Plural("externalsecrets")
@ShortNames("es")
@JsonClassDescription("Keeps one object, mostly a Secret, in step with values in a backend.")
@AdditionalPrinterColumn(
        name = "StoreType",
        jsonPath = ".spec.secretStoreRef.kind",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Store",
        jsonPath = ".spec.secretStoreRef.name",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Refresh Interval",
        jsonPath = ".spec.refreshInterval",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Status",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Last Sync",
        jsonPath = ".status.refreshTime",
        type = AdditionalPrinterColumn.Type.DATE)
public final class ExternalSecret extends CustomResource<ExternalSecretSpec, ExternalSecretStatus>
        implements Namespaced {

    private static final long serialVersionUID = 1L;

    @Override
    protected @Nullable ExternalSecretSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable ExternalSecretStatus initStatus() {
        return null;
    }
}

package dev.signet.api.store;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.signet.api.Absent;
import dev.signet.api.ApiType;
import io.fabric8.generator.annotation.Required;

/** Login to Google Cloud as a ServiceAccount of a GKE cluster. */
@ApiType
public record GcpWorkloadIdentity(
        @JsonPropertyDescription("The ServiceAccount to act as.") @Required
                ServiceAccountSelector serviceAccountRef,
        @JsonPropertyDescription(
                        "Location of the cluster; asked from the metadata server when absent.")
                String clusterLocation,
        @JsonPropertyDescription("Name of the cluster; asked from the metadata server when absent.")
                String clusterName,
        @JsonPropertyDescription(
                        "Project of the cluster; asked from the metadata server when absent.")
                String clusterProjectID) {

    /** Absent fields become empty. */
    public GcpWorkloadIdentity {
        serviceAccountRef = Absent.or(serviceAccountRef, ServiceAccountSelector.NONE);
        clusterLocation = Absent.text(clusterLocation);
        clusterName = Absent.text(clusterName);
        clusterProjectID = Absent.text(clusterProjectID);
    }
}

package dev.signet.testbed;

import java.util.List;

/**
 * One rule of a ClusterRole. Field names are those of the API.
 *
 * @param apiGroups the groups, where {@code ""} is the core group
 * @param resources the plural names, with a subresource after a slash
 * @param verbs what may be done
 * @param resourceNames the only objects that the rule is about; empty for all
 */
public record RbacRule(
        List<String> apiGroups,
        List<String> resources,
        List<String> verbs,
        List<String> resourceNames) {

    /** Copies the lists. */
    public RbacRule {
        apiGroups = List.copyOf(apiGroups);
        resources = List.copyOf(resources);
        verbs = List.copyOf(verbs);
        resourceNames = List.copyOf(resourceNames);
    }

    /** A rule about all objects of one resource. */
    public static RbacRule of(String apiGroup, String resource, String... verbs) {
        return new RbacRule(List.of(apiGroup), List.of(resource), List.of(verbs), List.of());
    }
}

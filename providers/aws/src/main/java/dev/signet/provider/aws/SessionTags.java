package dev.signet.provider.aws;

import dev.signet.api.store.AwsProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tags of the session of an assumed role.
 *
 * @param tags values by key
 * @param transitive the keys of those that carry over to the next role
 */
record SessionTags(Map<String, String> tags, List<String> transitive) {

    static final SessionTags NONE = new SessionTags(Map.of(), List.of());

    /** The tags that a store's role is assumed with. */
    static SessionTags of(AwsProvider spec) {
        Map<String, String> tags = new LinkedHashMap<>();
        spec.sessionTags().forEach(tag -> tags.put(tag.key(), tag.value()));
        return new SessionTags(tags, tags.isEmpty() ? List.of() : spec.transitiveTagKeys());
    }
}

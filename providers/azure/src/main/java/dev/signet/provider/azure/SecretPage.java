package dev.signet.provider.azure;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of secrets.
 *
 * @param next where the next page is; null after the last
 */
record SecretPage(List<Entry> entries, @Nullable String next) {

    SecretPage {
        entries = List.copyOf(entries);
    }

    /** One secret, without its value. */
    record Entry(String name, boolean enabled, Map<String, String> tags) {

        Entry {
            tags = Map.copyOf(tags);
        }
    }
}

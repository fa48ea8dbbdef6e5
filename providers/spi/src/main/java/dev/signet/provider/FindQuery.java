package dev.signet.provider;

import java.util.Map;

/**
 * Which values to look for in a backend. The criteria that are given must all hold.
 *
 * @param path where to look; empty for the store's root
 * @param nameRegexp an RE2 expression that must match somewhere in the name; empty for any name
 * @param tags tags that a secret must carry, with these values; empty for any
 */
public record FindQuery(String path, String nameRegexp, Map<String, String> tags) {

    public FindQuery {
        tags = Map.copyOf(tags);
    }
}

package dev.signet.system;

import dev.signet.testbed.VaultApi;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The tokens that a Vault knows, by their accessors. */
final class Tokens {

    private Tokens() {}

    /** The accessors of all tokens that are alive. */
    static Set<String> accessors(VaultApi api) {
        Set<String> accessors = new HashSet<>();
        api.send("LIST", "auth/token/accessors", null)
                .body()
                .at("/data/keys")
                .forEach(accessor -> accessors.add(accessor.asText()));
        return accessors;
    }

    /** Revokes all tokens made since {@code before}, and says how many that were. */
    static int revokeNewerThan(VaultApi api, Set<String> before) {
        Set<String> newer = accessors(api);
        newer.removeAll(before);
        newer.forEach(
                accessor -> api.write("auth/token/revoke-accessor", Map.of("accessor", accessor)));
        return newer.size();
    }
}

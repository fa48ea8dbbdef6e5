package dev.signet.provider.vault;

import dev.signet.api.store.VaultProvider;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.vault.client.VaultHttpHeaders;

/** The headers of a request, but for its token. */
final class Headers {

    /** Those that the HTTP client sets, and those that carry what other fields of the spec say. */
    private static final Set<String> RESERVED =
            Set.of(
                    "connection",
                    "content-length",
                    "expect",
                    "host",
                    "upgrade",
                    "x-vault-index",
                    "x-vault-token",
                    "x-vault-namespace");

    private Headers() {}

    /** The headers of a request in {@code namespace}; empty for the root namespace. */
    static Map<String, String> of(VaultProvider spec, String namespace) {
        Map<String, String> headers = new LinkedHashMap<>(spec.headers());
        // An agent may be set to turn away requests without it, as a guard against forged ones.
        headers.put("X-Vault-Request", "true");
        if (spec.forwardInconsistent()) {
            headers.put("X-Vault-Inconsistent", "forward-active-node");
        }
        if (!namespace.isEmpty()) {
            headers.put(VaultHttpHeaders.VAULT_NAMESPACE, namespace);
        }
        return headers;
    }

    /** Whether a spec may not set this header. */
    static boolean reserved(String name) {
        return RESERVED.contains(name.toLowerCase(Locale.ROOT));
    }
}

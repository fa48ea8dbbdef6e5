package dev.signet.cli.bench;

import dev.signet.testbed.ApiReply;
import dev.signet.testbed.VaultApi;

/**
 * Requests that Vault has answered, as it counts them itself.
 *
 * @param reads of the KV engine at {@code secret/}
 * @param logins successful or not
 */
record VaultFigures(long reads, long logins) {

    private static final String READS = "vault_route_read_secret__count";
    private static final String LOGINS = "vault_route_update_auth_approle__count";

    static VaultFigures now(VaultApi vault) {
        ApiReply reply = vault.send("GET", "sys/metrics?format=prometheus", null);
        if (!reply.ok()) {
            throw new BenchException("the vault's metrics were answered with " + reply.status());
        }
        return of(reply.body().asText());
    }

    static VaultFigures of(String metrics) {
        MetricsText text =
                MetricsText.parse(metrics, name -> name.equals(READS) || name.equals(LOGINS));
        return new VaultFigures(Math.round(text.sum(READS)), Math.round(text.sum(LOGINS)));
    }

    VaultFigures since(VaultFigures before) {
        return new VaultFigures(reads - before.reads, logins - before.logins);
    }
}

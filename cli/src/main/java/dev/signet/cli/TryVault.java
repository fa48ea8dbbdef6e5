package dev.signet.cli;

import dev.signet.testbed.Binaries;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.VaultApi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** OpenBao, to which the store logs in by AppRole. */
final class TryVault implements TryBackend {

    private final OpenBao server;
    private VaultApi.@Nullable AppRole role;

    private TryVault(OpenBao server) {
        this.server = server;
    }

    static TryVault start(Binaries binaries) {
        return new TryVault(OpenBao.builder(binaries).start());
    }

    @Override
    public String kind() {
        return "vault";
    }

    @Override
    public String place() {
        return "OpenBao at " + server.address();
    }

    @Override
    public String name() {
        return "Vault";
    }

    @Override
    public void prepare(String password) {
        VaultApi api = server.api();
        api.policy("try", "path \"secret/*\" { capabilities = [\"read\", \"list\"] }");
        api.enableAuth("approle", "approle");
        rotate(password);
        role = api.appRole("approle", "try", List.of("try"), Duration.ofHours(1));
    }

    @Override
    public String key() {
        return "secret/app/database";
    }

    @Override
    public void rotate(String password) {
        server.api().putKv2("secret", "app/database", Map.of("password", password));
    }

    @Override
    public Map<String, String> login() {
        return Map.of("secret-id", Objects.requireNonNull(role).secretId());
    }

    @Override
    public String store() {
        return "vault";
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of(
                "VAULT_ADDR", server.address().toString(),
                "ROLE_ID", Objects.requireNonNull(role).roleId());
    }

    @Override
    public String hint() {
        return "curl -H 'X-Vault-Token: %s' -d '{\"data\":{\"password\":\"another\"}}' %s/v1/secret/data/app/database"
                .formatted(server.rootToken(), server.address());
    }

    @Override
    public void close() {
        server.close();
    }
}

package dev.signet.provider.vault;

import dev.signet.provider.Reference;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ContractReferences;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.OpenBao;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A KV engine of a real server, for the contract. */
final class VaultBackend implements ContractBackend, AutoCloseable {

    private final OpenBao bao = OpenBao.builder(Binaries.discover()).start();
    private final KvVersion version;

    VaultBackend(KvVersion version) {
        this.version = version;
        bao.api().enableKv("kv", version == KvVersion.V2 ? 2 : 1);
    }

    @Override
    public SecretClient open() {
        Specs spec = Specs.at(bao.address()).path("kv").token();
        var references =
                new ContractReferences(
                        Map.of(
                                new Reference.SecretKey("", "vault-token", "token"),
                                SecretValue.ofUtf8(bao.rootToken())));
        return new VaultSecretProvider()
                .open((version == KvVersion.V1 ? spec.v1() : spec).build(), references.context());
    }

    @Override
    public void put(String key, String json) throws Exception {
        JsonObject content = JsonObject.of(Json.parse(json.getBytes(StandardCharsets.UTF_8)));
        if (version == KvVersion.V2) {
            bao.api().putKv2("kv", key, content.fields());
        } else {
            bao.api().write("kv/" + key, content.fields());
        }
    }

    @Override
    public void delete(String key) {
        bao.api().delete((version == KvVersion.V2 ? "kv/data/" : "kv/") + key);
    }

    @Override
    public MissingProperty missingProperty() {
        return MissingProperty.INVALID;
    }

    @Override
    public List<String> awkwardKeys() {
        return List.of("contract-with-dash", "contract_under.dot", "contract/deep/er", "UPPER");
    }

    @Override
    public void close() {
        bao.close();
    }
}

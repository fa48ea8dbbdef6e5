package dev.signet.provider.vault;

import dev.signet.provider.Reference;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.contract.ContractBackend;
import dev.signet.provider.contract.ContractCase;
import dev.signet.provider.contract.ContractReferences;
import dev.signet.provider.contract.Rotation;
import dev.signet.provider.contract.Trouble;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Fault;
import dev.signet.testbed.FaultProxy;
import dev.signet.testbed.OpenBao;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A KV engine of a real server, for the contract. */
final class VaultBackend implements ContractBackend, AutoCloseable {

    private static final Reference TOKEN = new Reference.SecretKey("", "vault-token", "token");

    private final OpenBao bao = OpenBao.builder(Binaries.discover()).start();
    private final FaultProxy proxy = FaultProxy.before(bao.address(), "");
    private final KvVersion version;

    VaultBackend(KvVersion version) {
        this.version = version;
        bao.api().enableKv("kv", version == KvVersion.V2 ? 2 : 1);
    }

    @Override
    public String name() {
        return version == KvVersion.V2 ? "Vault KV v2" : "Vault KV v1";
    }

    @Override
    public Map<ContractCase, String> lacks() {
        String binary = "a secret of Vault is JSON; bytes go into it as base64";
        return version == KvVersion.V2
                ? Map.of(ContractCase.BINARY, binary)
                : Map.of(
                        ContractCase.BINARY, binary,
                        ContractCase.VERSION, "KV v1 keeps the last version alone",
                        ContractCase.METADATA, "KV v1 keeps no metadata");
    }

    @Override
    public Map<ContractCase, String> notes() {
        return version == KvVersion.V2
                ? Map.of(
                        ContractCase.PROPERTY,
                        "the server itself rounds a number of more than 17 digits in KV v2")
                : Map.of();
    }

    @Override
    public SecretClient open() {
        return open(bao.address(), references(bao.rootToken()));
    }

    private SecretClient open(URI address, ContractReferences references) {
        Specs spec = Specs.at(address).path("kv").token();
        return new VaultSecretProvider()
                .open((version == KvVersion.V1 ? spec.v1() : spec).build(), references.context());
    }

    private static ContractReferences references(String token) {
        return new ContractReferences(Map.of(TOKEN, SecretValue.ofUtf8(token)));
    }

    @Override
    public SecretClient openIn(Trouble trouble) {
        return switch (trouble) {
            case DENIED -> open(bao.address(), references(token("default")));
            case UNREACHABLE -> {
                FaultProxy gone = FaultProxy.before(bao.address(), "");
                gone.close();
                yield open(gone.address(), references(bao.rootToken()));
            }
            case BUSY -> through(Fault.json(429, "{\"errors\":[\"quota\"]}"));
            case SILENT -> through(new Fault.Silence());
        };
    }

    private SecretClient through(Fault fault) {
        proxy.mend();
        proxy.add(request -> true, fault);
        return open(proxy.address(), references(bao.rootToken()));
    }

    @Override
    public Rotation openRotating() {
        bao.api().policy("contract", "path \"*\" { capabilities = [\"read\", \"list\"] }");
        String first = token("contract");
        ContractReferences references = references(first);
        return Rotation.of(
                open(bao.address(), references),
                () -> {
                    references.put(TOKEN, SecretValue.ofUtf8(token("contract")));
                    bao.api().write("auth/token/revoke", Map.of("token", first));
                });
    }

    private String token(String policy) {
        return bao.api().createToken(List.of(policy), Duration.ofHours(1));
    }

    @Override
    public String version(String key) {
        return bao.api()
                .read("kv/metadata/" + key)
                .orElseThrow()
                .at("/data/current_version")
                .asText();
    }

    @Override
    public String putTagged(String key, String json, String tag, String value) throws Exception {
        put(key, json);
        bao.api().write("kv/metadata/" + key, Map.of("custom_metadata", Map.of(tag, value)));
        return tag;
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
        proxy.close();
        bao.close();
    }
}

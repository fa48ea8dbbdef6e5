package dev.signet.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.testbed.Fault;
import dev.signet.testbed.FaultProxy;
import dev.signet.testbed.OpenBao;
import dev.signet.testbed.ProxiedRequest;
import dev.signet.testbed.VaultApi;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;

/**
 * A way in which a Vault fails a store of its own, and comes back.
 *
 * @param name of the store and of what is read through it
 * @param store the manifest
 * @param vault where its values are put
 * @param begin makes the Vault fail
 * @param hits how often a request has met the failure so far; as many as one likes where that
 *     cannot be known
 * @param end mends it
 * @param says what the conditions say meanwhile: one of these; nothing where the ExternalSecrets
 *     stay Ready
 */
record Outage(
        String name,
        String store,
        VaultApi vault,
        Runnable begin,
        java.util.function.IntSupplier hits,
        Runnable end,
        List<String> says) {

    /** In the bodies of the failures, and so in no message. */
    static final String NEEDLE = "n33dle";

    /** The calls for values, not those about tokens and health. */
    static final Predicate<ProxiedRequest> READS = request -> request.on("/v1/secret/");

    static final Predicate<ProxiedRequest> ALL = request -> true;

    /** The Vault's requests meet a fault on the way. */
    static Outage of(
            String name,
            OpenBao bao,
            VaultApi.AppRole role,
            List<FaultProxy> proxies,
            Predicate<ProxiedRequest> which,
            Fault fault,
            String... says) {
        FaultProxy proxy = FaultProxy.before(bao.address(), "");
        proxies.add(proxy);
        return new Outage(
                name,
                Manifests.vaultStore(name, proxy.address(), Manifests.appRole(role)),
                bao.api(),
                () -> proxy.add(which, fault),
                () -> proxy.count(which),
                proxy::mend,
                List.of(says));
    }

    /** All ExternalSecrets that read through the store: what would go if the Vault said "gone". */
    List<String> manifests() {
        return List.of(
                manifest("value", "deletionPolicy: Delete").data("k", name + "/a", "k").yaml(),
                manifest("extract", "deletionPolicy: Delete")
                        .dataFrom("extract: {key: %s/a}".formatted(name))
                        .yaml(),
                manifest("find", "deletionPolicy: Delete")
                        .dataFrom("find: {path: %s, name: {regexp: '^.*a$'}}".formatted(name))
                        .yaml(),
                manifest("merge", "creationPolicy: CreateOrMerge, deletionPolicy: Merge")
                        .data("k", name + "/a", "k")
                        .yaml());
    }

    List<String> secrets() {
        return List.of(name + "-value", name + "-extract", name + "-find", name + "-merge");
    }

    void put(String value) {
        vault.putKv2("secret", name + "/a", Map.of("k", value));
    }

    /**
     * @param found all Secrets by name
     */
    void assertHold(Map<String, JsonNode> found, String value) {
        for (String secret : secrets()) {
            Assertions.assertThat(found).containsKey(secret);
            String held = String.join("", Space.data(found.get(secret)).values());
            Assertions.assertThat(held)
                    .as(secret)
                    .isEqualTo(secret.endsWith("find") ? "{\"k\":\"" + value + "\"}" : value);
        }
    }

    /**
     * All conditions say what is wrong, or none says that anything is.
     *
     * @param found all ExternalSecrets by name
     */
    void assertTold(Map<String, JsonNode> found) {
        for (String secret : secrets()) {
            Ready ready = Ready.of(found.get(secret));
            Assertions.assertThat(ready.isTrue())
                    .as("%s: %s", secret, ready)
                    .isEqualTo(says.isEmpty());
            Assertions.assertThat(ready.message()).as(secret).doesNotContain(NEEDLE);
            Assertions.assertThat(
                            says.isEmpty() || says.stream().anyMatch(ready.message()::contains))
                    .as("%s: %s", secret, ready)
                    .isTrue();
        }
    }

    private Manifests.EsBuilder manifest(String kind, String target) {
        return Manifests.externalSecret(name + "-" + kind).from(name).every("1s").target(target);
    }
}

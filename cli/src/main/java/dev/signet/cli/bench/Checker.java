package dev.signet.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Compares every Secret with what the vault holds, and knows nothing of the operator. */
final class Checker {

    private static final String READY = "Ready";
    private static final int MOST_REASONS = 5;

    private final JsonMapper mapper = new JsonMapper();
    private final Lab lab;
    private final Fleet fleet;

    Checker(Lab lab, Fleet fleet) {
        this.lab = lab;
        this.fleet = fleet;
    }

    /**
     * What is not as it must be.
     *
     * @param stale Secrets with another value than the vault has
     * @param missing ExternalSecrets without a Secret
     * @param extra Secrets without an ExternalSecret
     * @param notReady ExternalSecrets whose condition is not Ready
     * @param reasons the messages of some conditions that are not Ready, by object
     */
    record Verdict(int stale, int missing, int extra, int notReady, List<String> reasons) {

        boolean right() {
            return stale + missing + extra + notReady == 0;
        }
    }

    /**
     * Looks at all.
     *
     * @param expected the objects that should be there, with the number of the value of each
     */
    Verdict check(Map<Integer, Integer> expected, int atOnce) {
        Map<Integer, String> vault = new ConcurrentHashMap<>();
        Parallel.each(0, fleet.size(), atOnce, i -> vault.put(i, valueInVault(i)));
        Map<String, String> secrets = new HashMap<>();
        Map<String, String> ready = new HashMap<>();
        for (int i = 0; i < Fleet.NAMESPACES; i++) {
            list(fleet.secrets(i), item -> secrets.put(name(item), value(item)));
            list(fleet.externalSecrets(i), item -> ready.put(name(item), condition(item)));
        }
        int stale = 0;
        int missing = 0;
        int notReady = 0;
        List<String> reasons = new ArrayList<>();
        for (Map.Entry<Integer, Integer> one : expected.entrySet()) {
            String name = Fleet.name(one.getKey());
            String found = secrets.remove(name);
            if (found == null) {
                missing++;
            } else if (!found.equals(vault.get(one.getValue()))) {
                stale++;
            }
            String condition = ready.getOrDefault(name, "is not there");
            if (!condition.equals(READY)) {
                notReady++;
                if (reasons.size() < MOST_REASONS) {
                    reasons.add(name + ": " + condition);
                }
            }
        }
        return new Verdict(stale, missing, secrets.size(), notReady, reasons);
    }

    private String valueInVault(int index) {
        return lab.vault()
                .api()
                .read("secret/data/" + Fleet.remoteKey(index))
                .map(body -> body.at("/data/data/value").asText())
                .orElse("");
    }

    private void list(String collection, Consumer<JsonNode> each) {
        try {
            mapper.readTree(lab.calls().get(collection)).path("items").forEach(each);
        } catch (JsonProcessingException e) {
            throw new BenchException("the API server's answer cannot be read", e);
        }
    }

    private static String name(JsonNode item) {
        return item.at("/metadata/name").asText();
    }

    private static String value(JsonNode secret) {
        return new String(Base64.getDecoder().decode(secret.at("/data/value").asText()), UTF_8);
    }

    private static String condition(JsonNode item) {
        for (JsonNode condition : item.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True")
                        ? READY
                        : condition.path("message").asText();
            }
        }
        return "has no condition";
    }
}

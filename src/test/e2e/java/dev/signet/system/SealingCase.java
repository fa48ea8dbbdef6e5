package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.Scope;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Values that are sealed by one implementation and opened by another.
 *
 * @param namespace of both objects
 * @param name of both objects
 * @param scope that they are sealed for
 * @param pair the key
 * @param values by key, each its bytes as a list so that two can be compared
 */
record SealingCase(
        String namespace,
        String name,
        Scope scope,
        SealingKeys.Pair pair,
        Map<String, List<Byte>> values) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGE = 64 * 1024;
    private static final int MOST_ITEMS = 5;
    private static final int MOST_BYTES = 4096;

    /** Every scope with every key, each with an empty, a tiny, a large and a binary value. */
    static List<SealingCase> matrix(String namespace, String prefix, SealingKeys keys) {
        List<SealingCase> all = new ArrayList<>();
        Random random = new Random(1);
        for (Scope scope : Scope.values()) {
            for (SealingKeys.Pair pair : keys.pairs()) {
                Map<String, List<Byte>> values = new TreeMap<>();
                values.put("empty", bytes(random, 0));
                values.put("one", bytes(random, 1));
                values.put("every.byte", everyByte());
                values.put("LARGE_one", bytes(random, LARGE));
                all.add(
                        new SealingCase(
                                namespace,
                                prefix + "-" + scope.word() + "-" + pair.name(),
                                scope,
                                pair,
                                values));
            }
        }
        return all;
    }

    /** Scopes, keys, names and sizes as they come. */
    static List<SealingCase> drawn(
            String namespace, String prefix, SealingKeys keys, Random random, int count) {
        List<SealingCase> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Map<String, List<Byte>> values = new TreeMap<>();
            int items = 1 + random.nextInt(MOST_ITEMS);
            for (int item = 0; item < items; item++) {
                values.put(
                        "k" + item + (random.nextBoolean() ? "-x" : ".Y_"),
                        bytes(random, random.nextInt(MOST_BYTES)));
            }
            all.add(
                    new SealingCase(
                            namespace,
                            "%s-%s-%d".formatted(prefix, word(random), i),
                            List.of(Scope.values()).get(random.nextInt(Scope.values().length)),
                            keys.pairs().get(random.nextInt(keys.pairs().size())),
                            values));
        }
        return all;
    }

    private static String word(Random random) {
        int length = 1 + random.nextInt(40);
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    private static List<Byte> bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return boxed(bytes);
    }

    private static List<Byte> everyByte() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return boxed(bytes);
    }

    private static List<Byte> boxed(byte[] bytes) {
        List<Byte> all = new ArrayList<>(bytes.length);
        for (byte one : bytes) {
            all.add(one);
        }
        return List.copyOf(all);
    }

    static byte[] unboxed(List<Byte> bytes) {
        byte[] all = new byte[bytes.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = bytes.get(i);
        }
        return all;
    }

    /** The Secret that kubeseal is given, in JSON. */
    String secret() {
        Map<String, String> data = new TreeMap<>();
        values.forEach(
                (key, bytes) -> data.put(key, Base64.getEncoder().encodeToString(unboxed(bytes))));
        return json(
                Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "Secret",
                        "metadata",
                        metadata(name),
                        "type",
                        "Opaque",
                        "data",
                        data));
    }

    /** The SealedSecret that our code makes of it, in JSON. */
    String sealedByUs() {
        return sealedByUs(name);
    }

    /** The same under another name than it is sealed for. */
    String sealedByUs(String otherName) {
        SecureRandom random = new SecureRandom();
        byte[] label = scope.label(namespace, name);
        Map<String, String> sealed = new TreeMap<>();
        values.forEach((key, bytes) ->
                sealed.put(
                        key,
                        pair.certificate().seal(SecretValue.of(unboxed(bytes)), label, random)));
        return json(
                Map.of(
                        "apiVersion",
                        "bitnami.com/v1alpha1",
                        "kind",
                        "SealedSecret",
                        "metadata",
                        metadata(otherName),
                        "spec",
                        Map.of(
                                "encryptedData",
                                sealed,
                                "template",
                                Map.of("metadata", metadata(otherName), "type", "Opaque"))));
    }

    private Map<String, Object> metadata(String as) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", as);
        metadata.put("namespace", namespace);
        metadata.put("annotations", scope.annotations());
        return metadata;
    }

    /** Fails unless a Secret holds just these values, to the byte. */
    void assertHeldBy(JsonNode secret) {
        Map<String, byte[]> found = new TreeMap<>();
        // kubeseal prints an empty value as null, which is one to Kubernetes.
        secret.path("data")
                .properties()
                .forEach(entry ->
                        found.put(
                                entry.getKey(),
                                Base64.getDecoder().decode(entry.getValue().asText(""))));
        assertOpened(found);
    }

    /** Fails unless these are the values, to the byte. */
    void assertOpened(Map<String, byte[]> found) {
        assertThat(found.keySet()).as(toString()).isEqualTo(values.keySet());
        values.forEach((key, bytes) ->
                assertThat(Arrays.equals(found.get(key), unboxed(bytes)))
                        .as("%s of %s", key, this)
                        .isTrue());
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String json(Object object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** All but the values. */
    @Override
    public String toString() {
        return "%s/%s, %s, %s".formatted(namespace, name, scope.word(), pair);
    }
}

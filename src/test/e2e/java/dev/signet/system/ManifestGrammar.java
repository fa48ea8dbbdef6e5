package dev.signet.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Makes ExternalSecrets at random: mostly sound, often odd, and wrong in all the ways that a schema
 * lets pass.
 */
final class ManifestGrammar {

    private static final List<String> STORES =
            List.of(
                    "fake",
                    "fake",
                    "fake",
                    "fake",
                    "kv2",
                    "kv2",
                    "kv2",
                    "kv1",
                    "kv1",
                    "narrow",
                    "narrow",
                    "away",
                    "unusable",
                    "absent");

    private static final List<String> KEYS =
            List.of(
                    "text",
                    "json",
                    "nested",
                    "list",
                    "number",
                    "empty",
                    "b64",
                    "b64url",
                    "binary",
                    "zero",
                    "large",
                    "odd keys",
                    "ünï/çødé-名",
                    "dir/a",
                    "dir/b",
                    "dir/deep/c",
                    "deleted",
                    "destroyed",
                    "denied/x",
                    "none",
                    "/json",
                    "json/",
                    "a//b",
                    "../json",
                    ".",
                    "",
                    " ",
                    "%2e%2e",
                    "json?version=1",
                    "#",
                    "data/json");

    private static final List<String> PROPERTIES =
            List.of(
                    "a",
                    "b",
                    "c.d",
                    "c.e.0",
                    "list.1",
                    "list.#",
                    "list.#.x",
                    "list.#(x==\"1\").y",
                    "@this",
                    "a|@reverse",
                    "@pretty",
                    "nope",
                    "a.b.c.d.e",
                    "..",
                    "[",
                    "#(",
                    "*",
                    "?",
                    "\\",
                    "ü",
                    "odd key",
                    "odd.key",
                    "{a,b}",
                    "[a,b]",
                    "@nosuch",
                    "~true");

    private static final List<String> VERSIONS =
            List.of("1", "2", "3", "v1", "99", "0", "-1", "latest", "abc", "1.5", "99999999999999");

    private static final List<String> EXPRESSIONS =
            List.of(
                    ".*",
                    "^",
                    "a",
                    "^json$",
                    "(",
                    "[",
                    "a{1001}",
                    "(?i)TEXT",
                    "[[:alpha:]]+",
                    "(a*)*b",
                    "(?=a)",
                    "\\",
                    "\\d+",
                    "(((((a{9}){9}){9}){9}){9})",
                    "ü",
                    "(?P<n>.)(.*)",
                    "x".repeat(2_000),
                    "(?<n>.)",
                    "\\pL",
                    "$^");

    private static final List<String> INTERVALS =
            List.of(
                    "1h",
                    "1h",
                    "1h0m0s",
                    "0",
                    "0s",
                    "1s",
                    "10ms",
                    "-5m",
                    "1d",
                    "5",
                    "x",
                    "",
                    "1h ",
                    "9999999h",
                    "99999999999h",
                    "1.5h",
                    "1h30m15s",
                    "+1h",
                    "30m",
                    "2h",
                    "24h");

    private static final List<String> SCHEDULES =
            List.of(
                    "0 8 * * *",
                    "@daily",
                    "@every 1h",
                    "* * * * *",
                    "0 0 31 2 *",
                    "61 * * * *",
                    "*/0 * * * *",
                    "@every x",
                    "@every 0s",
                    "5-1 * * * *",
                    "0 0 * * MON-FRI",
                    "0 0 ? * 8",
                    "a b c d e",
                    "@hourly",
                    "0 0 1 1 0",
                    "*/61 * * * *");

    private static final List<String> SPANS =
            List.of("8h", "1s", "0s", "-1h", "x", "", "1000000h", "24h", "99999999999h");

    private static final List<String> SECRET_KEYS =
            List.of("k", "a.b", "UPPER_x-1", "..", ".", "...", "-", "0", "k".repeat(253), "..a");

    private final Random random;

    ManifestGrammar(Random random) {
        this.random = random;
    }

    /** A manifest with this name; equal numbers of calls before make it the same. */
    Map<String, Object> externalSecret(String name) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        sometimes(metadata, "labels", 5, () -> Map.of("team", one(List.of("a", "", "b.c"))));
        sometimes(
                metadata,
                "annotations",
                5,
                () -> Map.of(one(List.of("note", "a/b", "kubectl.kubernetes.io/x")), "ünïcode"));
        Map<String, Object> spec = new LinkedHashMap<>();
        mostly(spec, "secretStoreRef", 30, this::store);
        sometimes(
                spec,
                "refreshPolicy",
                2,
                () -> one(List.of("Periodic", "OnChange", "CreatedOnce", "Periodic")));
        sometimes(spec, "refreshInterval", 3, () -> one(INTERVALS));
        sometimes(spec, "syncWindows", 8, this::windows);
        mostly(spec, "target", 6, () -> target(name));
        int entries = random.nextInt(4);
        spec.put("data", some(entries, this::data));
        spec.put("dataFrom", some(entries == 0 ? 1 : random.nextInt(3), this::dataFrom));
        return new LinkedHashMap<>(
                Map.of(
                        "kind",
                        "ExternalSecret",
                        "apiVersion",
                        "external-secrets.io/v1",
                        "metadata",
                        metadata,
                        "spec",
                        spec));
    }

    private Map<String, Object> store() {
        Map<String, Object> ref = new HashMap<>();
        if (chance(12)) {
            ref.put("name", one(List.of("cluster", "cluster", "closed", "absent")));
            ref.put("kind", "ClusterSecretStore");
            return ref;
        }
        ref.put("name", one(STORES));
        sometimes(ref, "kind", 3, () -> "SecretStore");
        return ref;
    }

    private Map<String, Object> source() {
        return switch (random.nextInt(5)) {
            case 0 ->
                    Map.of(
                            "generatorRef",
                            Map.of("kind", one(List.of("Password", "UUID", "Fake")), "name", "g"));
            case 1 -> Map.of();
            default -> Map.of("storeRef", store());
        };
    }

    private Map<String, Object> target(String name) {
        Map<String, Object> target = new LinkedHashMap<>();
        sometimes(
                target,
                "name",
                3,
                () -> one(List.of("t-" + name, "t-" + name, "shared", "foreign", "foreign-fixed")));
        sometimes(
                target,
                "creationPolicy",
                2,
                () -> one(List.of("Owner", "Orphan", "Merge", "None", "CreateOrMerge")));
        sometimes(target, "deletionPolicy", 2, () -> one(List.of("Retain", "Delete", "Merge")));
        sometimes(target, "immutable", 6, random::nextBoolean);
        sometimes(target, "template", 20, this::template);
        sometimes(
                target,
                "manifest",
                30,
                () ->
                        Map.of(
                                "apiVersion",
                                one(List.of("v1", "", "apps/v1")),
                                "kind",
                                one(List.of("ConfigMap", "Secret", "Deployment", ""))));
        return target;
    }

    private Map<String, Object> template() {
        Map<String, Object> template = new LinkedHashMap<>();
        sometimes(
                template,
                "type",
                2,
                () ->
                        one(
                                List.of(
                                        "Opaque",
                                        "kubernetes.io/tls",
                                        "kubernetes.io/service-account-token",
                                        "own",
                                        "")));
        sometimes(template, "data", 2, () -> Map.of("out", one(List.of("{{ .a }}", "{{", ""))));
        sometimes(
                template, "metadata", 3, () -> Map.of("labels", Map.of("bad key!", "bad value!")));
        sometimes(template, "mergePolicy", 3, () -> one(List.of("Merge", "Replace")));
        return template;
    }

    private Map<String, Object> windows() {
        return Map.of(
                "kind",
                one(List.of("allow", "deny")),
                "windows",
                some(
                        1 + random.nextInt(3),
                        () -> Map.of("schedule", one(SCHEDULES), "duration", one(SPANS))));
    }

    private Map<String, Object> data() {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put(
                "secretKey",
                chance(12) ? one(SECRET_KEYS) : "key-" + random.nextInt(chance(10) ? 2 : 1_000));
        entry.put("remoteRef", remote(2));
        sometimes(entry, "sourceRef", 12, this::source);
        return entry;
    }

    private Map<String, Object> remote(int propertyOneIn) {
        Map<String, Object> ref = new LinkedHashMap<>();
        ref.put("key", key());
        sometimes(ref, "property", propertyOneIn, () -> chance(4) ? one(PROPERTIES) : "a");
        sometimes(ref, "version", 16, () -> one(VERSIONS));
        sometimes(ref, "metadataPolicy", 8, () -> one(List.of("None", "Fetch")));
        strategies(ref);
        return ref;
    }

    private void strategies(Map<String, Object> of) {
        sometimes(of, "conversionStrategy", 4, () -> one(List.of("Default", "Unicode")));
        sometimes(
                of,
                "decodingStrategy",
                4,
                () -> one(List.of("Auto", "Auto", "None", "None", "Base64", "Base64URL")));
        sometimes(of, "nullBytePolicy", 6, () -> one(List.of("Ignore", "Fail")));
    }

    private String key() {
        return chance(7) ? one(KEYS) : one(List.of("json", "nested", "text", "dir/a"));
    }

    private Map<String, Object> dataFrom() {
        Map<String, Object> entry = new LinkedHashMap<>();
        int kind = random.nextInt(12);
        if (kind < 6 || (kind == 11 && chance(3))) {
            entry.put("extract", remote(8));
        }
        if (kind >= 6 && !(kind == 10 && chance(3))) {
            entry.put("find", find());
        }
        sometimes(entry, "sourceRef", 12, this::source);
        sometimes(entry, "rewrite", 6, () -> some(1 + random.nextInt(3), this::rewrite));
        return entry;
    }

    private Map<String, Object> find() {
        Map<String, Object> find = new LinkedHashMap<>();
        sometimes(
                find,
                "path",
                2,
                () -> one(List.of("dir", "dir/", "/dir", "", "none", "..", "a//b", "json", "*")));
        mostly(
                find,
                "name",
                6,
                () -> Map.of("regexp", chance(3) ? one(EXPRESSIONS) : "^[a-z0-9]+$"));
        sometimes(find, "tags", 20, () -> Map.of("owner", one(List.of("x", ""))));
        strategies(find);
        return find;
    }

    private Map<String, Object> rewrite() {
        return switch (random.nextInt(4)) {
            case 0 -> {
                Map<String, Object> merge = new LinkedHashMap<>();
                sometimes(merge, "into", 2, () -> one(List.of("all", "", "bad key!")));
                sometimes(merge, "priority", 3, () -> List.of(one(KEYS), one(PROPERTIES)));
                sometimes(
                        merge, "priorityPolicy", 3, () -> one(List.of("Strict", "IgnoreNotFound")));
                sometimes(merge, "conflictPolicy", 3, () -> one(List.of("Error", "Ignore")));
                sometimes(merge, "strategy", 2, () -> one(List.of("Extract", "JSON")));
                yield Map.of("merge", merge);
            }
            case 1 ->
                    Map.of(
                            "transform",
                            Map.of(
                                    "template",
                                    one(
                                            List.of(
                                                    "{{ .value | upper }}",
                                                    "x",
                                                    "{{",
                                                    "",
                                                    "{{ .nope }}"))));
            default ->
                    Map.of(
                            "regexp",
                            Map.of(
                                    "source",
                                    chance(2) ? one(EXPRESSIONS) : "^(?P<n>.)(.*)$",
                                    "target",
                                    one(
                                            List.of(
                                                    "$1",
                                                    "x",
                                                    "",
                                                    "${n}",
                                                    "${bad",
                                                    "$99",
                                                    "a$$b",
                                                    "bad key!",
                                                    "ü"))));
        };
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private <T> List<T> some(int count, Supplier<T> make) {
        List<T> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(make.get());
        }
        return all;
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private void sometimes(Map<String, Object> to, String field, int oneIn, Supplier<?> make) {
        if (chance(oneIn)) {
            to.put(field, make.get());
        }
    }

    private void mostly(Map<String, Object> to, String field, int notOneIn, Supplier<?> make) {
        if (!chance(notOneIn)) {
            to.put(field, make.get());
        }
    }
}

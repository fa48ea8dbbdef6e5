package dev.signet.operator.externalsecret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.ExternalSecret;
import dev.signet.api.StatusCondition;
import dev.signet.operator.rig.Rig;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every combination of policies, each with four ExternalSecrets that meet one fate each: {@code
 * new} has no Secret at first, {@code old} finds one with a key of somebody else, that of {@code
 * cut} is deleted by hand, {@code end} is deleted itself.
 */
class PolicyMatrixIT {

    /**
     * What is found, by column: the Secret of {@code new}; that of {@code old}; that of {@code cut}
     * after it was deleted by hand; that of {@code end} after its ExternalSecret was deleted
     * ({@code owned} is left to the garbage collector); that of {@code old} after the value
     * changed, after a label of the ExternalSecret then changed, and after the value vanished and a
     * label changed once more (with the reason of Ready where that is not SecretSynced).
     */
    private static final String TABLE =
            """
            creation      deletion refresh     | new | old     | cut | end       | source  | changed | gone
            Owner         Retain   Periodic    | a=1 | a=1     | a=1 | owned     | a=2     | a=2     | a=2 SecretSyncedError
            Owner         Retain   OnChange    | a=1 | a=1     | a=1 | owned     | a=1     | a=2     | a=2 SecretSyncedError
            Owner         Retain   CreatedOnce | a=1 | a=1     | a=1 | owned     | a=1     | a=1     | a=1
            Owner         Delete   Periodic    | a=1 | a=1     | a=1 | owned     | a=2     | a=2     | - SecretDeleted
            Owner         Delete   OnChange    | a=1 | a=1     | a=1 | owned     | a=1     | a=2     | - SecretDeleted
            Owner         Delete   CreatedOnce | a=1 | a=1     | a=1 | owned     | a=1     | a=1     | a=1
            Owner         Merge    Periodic    | a=1 | a=1     | a=1 | owned     | a=2     | a=2     | {}
            Owner         Merge    OnChange    | a=1 | a=1     | a=1 | owned     | a=1     | a=2     | {}
            Owner         Merge    CreatedOnce | a=1 | a=1     | a=1 | owned     | a=1     | a=1     | a=1
            Orphan        Retain   Periodic    | a=1 | a=1     | a=1 | kept      | a=2     | a=2     | a=2 SecretSyncedError
            Orphan        Retain   OnChange    | a=1 | a=1     | -   | kept      | a=1     | a=2     | a=2 SecretSyncedError
            Orphan        Retain   CreatedOnce | a=1 | a=1     | -   | kept      | a=1     | a=1     | a=1
            Orphan        Delete   Periodic    | a=1 | a=1     | a=1 | kept      | a=2     | a=2     | a=2 SecretSyncedError
            Orphan        Delete   OnChange    | a=1 | a=1     | -   | kept      | a=1     | a=2     | a=2 SecretSyncedError
            Orphan        Delete   CreatedOnce | a=1 | a=1     | -   | kept      | a=1     | a=1     | a=1
            Orphan        Merge    Periodic    | a=1 | a=1     | a=1 | kept      | a=2     | a=2     | {}
            Orphan        Merge    OnChange    | a=1 | a=1     | -   | kept      | a=1     | a=2     | {}
            Orphan        Merge    CreatedOnce | a=1 | a=1     | -   | kept      | a=1     | a=1     | a=1
            Merge         Retain   Periodic    | -   | a=1 x=y | -   | kept      | a=2 x=y | a=2 x=y | a=2 x=y SecretSyncedError
            Merge         Retain   OnChange    | -   | a=1 x=y | -   | kept      | a=1 x=y | a=2 x=y | a=2 x=y SecretSyncedError
            Merge         Retain   CreatedOnce | -   | a=1 x=y | -   | kept      | a=1 x=y | a=1 x=y | a=1 x=y
            Merge         Delete   Periodic    | refused
            Merge         Delete   OnChange    | refused
            Merge         Delete   CreatedOnce | refused
            Merge         Merge    Periodic    | -   | a=1 x=y | -   | kept      | a=2 x=y | a=2 x=y | x=y
            Merge         Merge    OnChange    | -   | a=1 x=y | -   | kept      | a=1 x=y | a=2 x=y | x=y
            Merge         Merge    CreatedOnce | -   | a=1 x=y | -   | kept      | a=1 x=y | a=1 x=y | a=1 x=y
            None          Retain   Periodic    | -   | x=y     | -   | untouched | x=y     | x=y     | x=y SecretSyncedError
            None          Retain   OnChange    | -   | x=y     | -   | untouched | x=y     | x=y     | x=y SecretSyncedError
            None          Retain   CreatedOnce | -   | x=y     | -   | untouched | x=y     | x=y     | x=y
            None          Delete   Periodic    | refused
            None          Delete   OnChange    | refused
            None          Delete   CreatedOnce | refused
            None          Merge    Periodic    | refused
            None          Merge    OnChange    | refused
            None          Merge    CreatedOnce | refused
            CreateOrMerge Retain   Periodic    | a=1 | a=1 x=y | a=1 | kept      | a=2 x=y | a=2 x=y | a=2 x=y SecretSyncedError
            CreateOrMerge Retain   OnChange    | a=1 | a=1 x=y | a=1 | kept      | a=1 x=y | a=2 x=y | a=2 x=y SecretSyncedError
            CreateOrMerge Retain   CreatedOnce | a=1 | a=1 x=y | a=1 | kept      | a=1 x=y | a=1 x=y | a=1 x=y
            CreateOrMerge Delete   Periodic    | refused
            CreateOrMerge Delete   OnChange    | refused
            CreateOrMerge Delete   CreatedOnce | refused
            CreateOrMerge Merge    Periodic    | a=1 | a=1 x=y | a=1 | kept      | a=2 x=y | a=2 x=y | x=y
            CreateOrMerge Merge    OnChange    | a=1 | a=1 x=y | a=1 | kept      | a=1 x=y | a=2 x=y | x=y
            CreateOrMerge Merge    CreatedOnce | a=1 | a=1 x=y | a=1 | kept      | a=1 x=y | a=1 x=y | a=1 x=y
            """;

    private static final Duration TWO_REFRESHES = Duration.ofMillis(2500);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static Rig rig;

    private final List<Row> rows = TABLE.lines().skip(1).map(Row::of).toList();
    private Map<String, Secret> secrets = Map.of();
    private Map<String, ExternalSecret> externalSecrets = Map.of();

    @BeforeAll
    static void start() {
        rig = Rig.start();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private record Row(List<String> policies, List<String> columns) {

        static Row of(String line) {
            String[] parts = line.split("\\|", 2);
            return new Row(
                    Arrays.asList(parts[0].trim().split(" +")),
                    Stream.of(parts[1].split("\\|")).map(String::trim).toList());
        }

        boolean refused() {
            return columns.getFirst().equals("refused");
        }

        String name(String fate) {
            return String.join("-", policies).toLowerCase(Locale.ROOT) + "-" + fate;
        }
    }

    @TestFactory
    Stream<DynamicTest> theTableHolds() throws InterruptedException {
        Map<Row, List<String>> seen = new HashMap<>();
        rows.forEach(row -> seen.put(row, new ArrayList<>()));
        List<Row> allowed = rows.stream().filter(row -> !row.refused()).toList();

        store("{key: a, value: '1'}");
        rows.forEach(this::make);
        observe(allowed, seen, row -> data(row.name("new")), row -> data(row.name("old")));

        for (Row row : allowed) {
            rig.client().secrets().inNamespace(rig.namespace()).withName(row.name("cut")).delete();
            rig.client()
                    .resources(ExternalSecret.class)
                    .inNamespace(rig.namespace())
                    .withName(row.name("end"))
                    .delete();
        }
        observe(allowed, seen, row -> data(row.name("cut")), row -> fate(row.name("end")));

        store("{key: a, value: '2'}");
        observe(allowed, seen, row -> data(row.name("old")));

        allowed.forEach(row -> label(row.name("old"), "touch", "once"));
        observe(allowed, seen, row -> data(row.name("old")));

        store("{key: other, value: '3'}");
        allowed.forEach(row -> label(row.name("old"), "touch", "twice"));
        observe(
                allowed,
                seen,
                row -> (data(row.name("old")) + " " + reason(row.name("old"))).trim());

        return rows.stream()
                .map(row ->
                        DynamicTest.dynamicTest(
                                String.join(" ", row.policies()),
                                () -> {
                                    if (row.refused()) {
                                        assertRefused(row);
                                    } else {
                                        assertThat(seen.get(row)).isEqualTo(row.columns());
                                    }
                                }));
    }

    private void assertRefused(Row row) {
        for (String fate : List.of("new", "old")) {
            StatusCondition ready = rig.awaitNotReady(row.name(fate));
            assertThat(ready.reason()).isEqualTo("SecretSyncedError");
            assertThat(ready.message())
                    .startsWith("invalid spec: spec.target.deletionPolicy: ")
                    .contains(
                            "%s is not allowed with creationPolicy %s"
                                    .formatted(row.policies().get(1), row.policies().getFirst()));
        }
        assertThat(data(row.name("new"))).isEqualTo("-");
        assertThat(data(row.name("old"))).isEqualTo("x=y");
    }

    /** Adds what is found to the columns, once it is as expected or time is over, and stays so. */
    @SafeVarargs
    @SuppressWarnings("varargs") // handed on to a method that only reads it, too
    private void observe(
            List<Row> allowed, Map<Row, List<String>> seen, Function<Row, String>... columns)
            throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        do {
            Thread.sleep(100);
            look();
        } while (System.nanoTime() < end && !allExpected(allowed, seen, columns));
        Thread.sleep(TWO_REFRESHES);
        look();
        for (Row row : allowed) {
            for (Function<Row, String> column : columns) {
                seen.get(row).add(column.apply(row));
            }
        }
    }

    private boolean allExpected(
            List<Row> allowed, Map<Row, List<String>> seen, Function<Row, String>[] columns) {
        for (Row row : allowed) {
            int from = seen.get(row).size();
            for (int i = 0; i < columns.length; i++) {
                if (!columns[i].apply(row).equals(row.columns().get(from + i))) {
                    return false;
                }
            }
        }
        return true;
    }

    private void look() {
        secrets =
                rig.client().secrets().inNamespace(rig.namespace()).list().getItems().stream()
                        .collect(Collectors.toMap(s -> s.getMetadata().getName(), s -> s));
        externalSecrets =
                rig
                        .client()
                        .resources(ExternalSecret.class)
                        .inNamespace(rig.namespace())
                        .list()
                        .getItems()
                        .stream()
                        .collect(Collectors.toMap(e -> e.getMetadata().getName(), e -> e));
    }

    private String data(String secret) {
        Secret found = secrets.get(secret);
        if (found == null) {
            return "-";
        }
        Map<String, String> data = Rig.data(found);
        return data.isEmpty()
                ? "{}"
                : data.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" "));
    }

    /** What has become, or will become, of a Secret whose ExternalSecret was deleted. */
    private String fate(String name) {
        if (externalSecrets.containsKey(name)) {
            return "not deleted";
        }
        Secret secret = secrets.get(name);
        if (secret == null) {
            return "-";
        }
        if (!secret.getMetadata().getOwnerReferences().isEmpty()) {
            return "owned";
        }
        return data(name).equals("x=y") ? "untouched" : "kept";
    }

    /** The reason of Ready; empty when it is the usual one. */
    private String reason(String name) {
        return Optional.ofNullable(externalSecrets.get(name).getStatus())
                .flatMap(status -> status.condition(StatusCondition.READY))
                .map(StatusCondition::reason)
                .filter(reason -> !reason.equals("SecretSynced"))
                .orElse("");
    }

    private void make(Row row) {
        List<String> fates =
                row.refused() ? List.of("new", "old") : List.of("new", "old", "cut", "end");
        for (String fate : fates) {
            String name = row.name(fate);
            if (!fate.equals("new")) {
                rig.client()
                        .resource(
                                new SecretBuilder()
                                        .withNewMetadata()
                                        .withNamespace(rig.namespace())
                                        .withName(name)
                                        .endMetadata()
                                        .addToStringData("x", "y")
                                        .build())
                        .create();
            }
            rig.apply(
                    """
                    apiVersion: external-secrets.io/v1
                    kind: ExternalSecret
                    metadata: {name: %s}
                    spec:
                      refreshInterval: 1s
                      refreshPolicy: %s
                      secretStoreRef: {name: fake}
                      target: {creationPolicy: %s, deletionPolicy: %s}
                      data:
                        - {secretKey: a, remoteRef: {key: a}}
                    """
                            .formatted(
                                    name,
                                    row.policies().get(2),
                                    row.policies().getFirst(),
                                    row.policies().get(1)));
        }
    }

    private static void store(String data) {
        rig.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: fake}
                spec:
                  provider:
                    fake:
                      data:
                        - %s
                """
                        .formatted(data));
    }

    private static void label(String name, String key, String value) {
        rig.client()
                .resources(ExternalSecret.class)
                .inNamespace(rig.namespace())
                .withName(name)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"labels\":{\"%s\":\"%s\"}}}".formatted(key, value));
    }
}

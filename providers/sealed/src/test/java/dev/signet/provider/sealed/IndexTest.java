package dev.signet.provider.sealed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.SealedValues.Item;
import dev.signet.provider.contract.Outcomes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IndexTest {

    private static final Item DB =
            item("db", "secret/team-a/db", Map.of("team", "a", "tier", "back"));
    private static final Item API = item("api", "", Map.of("team", "a"));
    private static final Index INDEX = new Index("ns", List.of(DB, API), true);

    private static Item item(String name, String remoteKey, Map<String, String> labels) {
        return new Item(name, remoteKey, labels, Map.of());
    }

    private static FindQuery query(String path, String regexp, Map<String, String> tags) {
        return new FindQuery(path, regexp, tags);
    }

    @Test
    void aKeyIsANameOrThatOfTheAnnotation() {
        assertThat(INDEX.item("db")).isEqualTo(new ReadOutcome.Found<>(DB));
        assertThat(INDEX.item("secret/team-a/db")).isEqualTo(new ReadOutcome.Found<>(DB));
        assertThat(INDEX.item("team-a/db")).isInstanceOf(ReadOutcome.Missing.class);
        assertThat(INDEX.item("")).isInstanceOf(ReadOutcome.Missing.class);
    }

    @Test
    void whereOnlySomeAreKnownNoneIsMissing() {
        Index some = new Index("ns", List.of(DB), false);

        assertThat(some.item("db")).isEqualTo(new ReadOutcome.Found<>(DB));
        assertThat(some.item("api").toString())
                .startsWith("Invalid")
                .contains("--label-selector")
                .contains("'api'");
        assertThat(some.find(query("api", "", Map.of()))).isInstanceOf(ReadOutcome.Invalid.class);
        assertThat(Outcomes.found(some.find(query("", "", Map.of())))).hasSize(1);
    }

    @Test
    void oneThatIsNamedAsItsKeyIsStillOne() {
        Item both = item("db", "db", Map.of());

        assertThat(new Index("ns", List.of(both), true).item("db"))
                .isEqualTo(new ReadOutcome.Found<>(both));
    }

    @Test
    void twoOfAKeyAreNamed() {
        Item other = item("other", "db", Map.of());

        assertThat(new Index("ns", List.of(other, DB), true).item("db").toString())
                .contains("key 'db' means two SealedSecrets in namespace 'ns', db and other");
        Item same = item("same", "secret/team-a/db", Map.of());
        assertThat(
                        new Index("ns", List.of(same, DB), true)
                                .find(query("", "", Map.of()))
                                .toString())
                .contains("key 'secret/team-a/db' means two SealedSecrets")
                .contains("db and same");
    }

    @Test
    void findsByKeyAndLabels() {
        assertThat(Outcomes.found(INDEX.find(query("", "", Map.of()))))
                .containsOnlyKeys("secret/team-a/db", "api");
        assertThat(Outcomes.found(INDEX.find(query("secret/team-a/", "d.$", Map.of()))))
                .containsOnlyKeys("secret/team-a/db");
        assertThat(Outcomes.found(INDEX.find(query("", "", Map.of("tier", "back")))))
                .containsOnlyKeys("secret/team-a/db");
        assertThat(Outcomes.found(INDEX.find(query("", "", Map.of("tier", "front"))))).isEmpty();
        assertThat(INDEX.find(query("", "(", Map.of()))).isInstanceOf(ReadOutcome.Invalid.class);
    }
}

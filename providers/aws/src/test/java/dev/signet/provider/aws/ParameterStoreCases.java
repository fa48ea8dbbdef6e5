package dev.signet.provider.aws;

import static dev.signet.provider.contract.Outcomes.read;
import static dev.signet.provider.contract.Outcomes.text;
import static dev.signet.provider.contract.Outcomes.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.Tag;

/** What holds for Parameter Store on both emulators. */
interface ParameterStoreCases {

    /** A fixture of the test's own, so that its calls can be counted. */
    Fixture fixture();

    @Test
    default void readsTenParametersACall() throws Exception {
        Set<RemoteRef> refs = new LinkedHashSet<>();
        for (int i = 0; i < 20; i++) {
            put("/ten/" + i, "v" + i);
            refs.add(RemoteRef.of("/ten/" + i));
        }
        Fixture fixture = fixture();
        try (SecretClient client = fixture.open(Specs.parameterStore())) {
            client.read(refs)
                    .forEach((ref, outcome) ->
                            assertThat(text(outcome))
                                    .isEqualTo("v" + ref.key().substring("/ten/".length())));
        }
        assertThat(fixture.calls)
                .containsExactly(
                        "AWS/ParameterStore GetParameters", "AWS/ParameterStore GetParameters");
    }

    @Test
    default void readsVersions() throws Exception {
        put("/versions/p", "v1");
        put("/versions/p", "v2");
        try (SecretClient client = fixture().open(Specs.parameterStore())) {
            assertThat(text(read(client, RemoteRef.of("/versions/p")))).isEqualTo("v2");
            assertThat(text(read(client, new RemoteRef("/versions/p", "", "1", false))))
                    .isEqualTo("v1");
            assertThat(read(client, new RemoteRef("/versions/p", "", "9", false)))
                    .isInstanceOf(ReadOutcome.Missing.class);
        }
    }

    @Test
    default void tellsWhichOfABatchAreMissing() throws Exception {
        put("/some/there", "v");
        RemoteRef there = RemoteRef.of("/some/there");
        RemoteRef gone = RemoteRef.of("/some/gone");
        try (SecretClient client = fixture().open(Specs.parameterStore())) {
            var answers = client.read(Set.of(there, gone));
            assertThat(text(answers.get(there))).isEqualTo("v");
            assertThat(answers.get(gone))
                    .isEqualTo(new ReadOutcome.Missing<>("parameter '/some/gone'"));
        }
    }

    @Test
    default void fetchesTagsAsMetadata() throws Exception {
        put("/tagged/p", "v", Tag.builder().key("team").value("a").build());
        try (SecretClient client = fixture().open(Specs.parameterStore())) {
            assertThat(text(read(client, new RemoteRef("/tagged/p", "", "", true))))
                    .isEqualTo("{\"team\":\"a\"}");
            assertThat(text(read(client, new RemoteRef("/tagged/p", "team", "", true))))
                    .isEqualTo("a");
        }
    }

    @Test
    default void findsBelowAPathOnManyPages() throws Exception {
        Map<String, String> expected = new HashMap<>();
        for (int i = 0; i < 23; i++) {
            put("/pages/in/" + i, "v" + i);
            expected.put("/pages/in/" + i, "v" + i);
        }
        put("/pages/out/1", "no");
        Fixture fixture = fixture();
        try (SecretClient client = fixture.open(Specs.parameterStore())) {
            assertThat(texts(client.find(new FindQuery("/pages", "/in/", Map.of()))))
                    .isEqualTo(expected);
        }
        assertThat(fixture.calls).containsOnly("AWS/ParameterStore GetParametersByPath");
    }

    /** Stores a parameter, in place of the one that was there. */
    default void put(String name, String value, Tag... tags) {
        fixture()
                .parameterStore()
                .putParameter(r -> {
                    r.name(name).value(value).type(ParameterType.SECURE_STRING);
                    if (tags.length > 0) {
                        r.tags(tags);
                    } else {
                        r.overwrite(true);
                    }
                });
    }
}

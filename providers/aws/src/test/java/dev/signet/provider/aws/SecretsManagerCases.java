package dev.signet.provider.aws;

import static dev.signet.provider.contract.Outcomes.extract;
import static dev.signet.provider.contract.Outcomes.found;
import static dev.signet.provider.contract.Outcomes.read;
import static dev.signet.provider.contract.Outcomes.text;
import static dev.signet.provider.contract.Outcomes.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** What holds for Secrets Manager on both emulators. */
interface SecretsManagerCases {

    int FLEET = 1000;

    /** A fixture of the test's own, so that its calls can be counted. */
    Fixture fixture();

    @Test
    default void readsByNameArnAndArnWithoutItsSuffix() throws Exception {
        String arn = create("arn-one", "one");
        create("arn-two", "two");
        String partial = arn.substring(0, arn.length() - 7);
        try (SecretClient client = fixture().open(Specs.secretsManager())) {
            var answers =
                    client.read(
                            Set.of(
                                    RemoteRef.of("arn-one"),
                                    RemoteRef.of(arn),
                                    RemoteRef.of(partial),
                                    RemoteRef.of("arn-two")));
            assertThat(text(answers.get(RemoteRef.of("arn-one")))).isEqualTo("one");
            assertThat(text(answers.get(RemoteRef.of(arn)))).isEqualTo("one");
            assertThat(text(answers.get(RemoteRef.of(partial)))).isEqualTo("one");
            assertThat(text(answers.get(RemoteRef.of("arn-two")))).isEqualTo("two");
        }
    }

    @Test
    default void readsVersionsByIdAndByStage() throws Exception {
        SecretsManagerClient keeper = fixture().secretsManager();
        String first = keeper.createSecret(r -> r.name("versions").secretString("v1")).versionId();
        keeper.putSecretValue(r -> r.secretId("versions").secretString("v2"));
        try (SecretClient client = fixture().open(Specs.secretsManager())) {
            assertThat(text(read(client, version("versions", "")))).isEqualTo("v2");
            assertThat(text(read(client, version("versions", "AWSCURRENT")))).isEqualTo("v2");
            assertThat(text(read(client, version("versions", "AWSPREVIOUS")))).isEqualTo("v1");
            assertThat(text(read(client, version("versions", "uuid/" + first)))).isEqualTo("v1");
            assertThat(read(client, version("versions", "NO-SUCH-STAGE")))
                    .isInstanceOf(ReadOutcome.Missing.class);
        }
    }

    @Test
    default void readsBytesAsTheyAre() throws Exception {
        byte[] bytes = {0, 1, (byte) 0xff, (byte) 0xfe, 'x'};
        fixture()
                .secretsManager()
                .createSecret(r -> r.name("binary").secretBinary(SdkBytes.fromByteArray(bytes)));
        create("binary-neighbour", "n");
        try (SecretClient client = fixture().open(Specs.secretsManager())) {
            assertThat(found(read(client, RemoteRef.of("binary"))).bytes()).isEqualTo(bytes);
            var together =
                    client.read(Set.of(RemoteRef.of("binary"), RemoteRef.of("binary-neighbour")));
            assertThat(found(together.get(RemoteRef.of("binary"))).bytes()).isEqualTo(bytes);
        }
    }

    @Test
    default void readsSecretsOf64KibInOneCall() throws Exception {
        String large = "x".repeat(65_536);
        Set<RemoteRef> refs = new LinkedHashSet<>();
        for (int i = 0; i < 20; i++) {
            create("large-" + i, large);
            refs.add(RemoteRef.of("large-" + i));
        }
        Fixture fixture = fixture();
        try (SecretClient client = fixture.open(Specs.secretsManager())) {
            client.read(refs)
                    .forEach((ref, outcome) ->
                            assertThat(found(outcome).size()).isEqualTo(large.length()));
        }
        assertThat(fixture.calls).containsExactly("AWS/SecretsManager BatchGetSecretValue");
    }

    @Test
    default void putsThePrefixBeforeNamesAndNotBeforeArns() throws Exception {
        String arn = create("team/prefixed", "v");
        try (SecretClient client = fixture().open(Specs.secretsManager().prefix("team/"))) {
            assertThat(text(read(client, RemoteRef.of("prefixed")))).isEqualTo("v");
            assertThat(text(read(client, RemoteRef.of(arn)))).isEqualTo("v");
            assertThat(read(client, RemoteRef.of("team/prefixed")))
                    .isEqualTo(new ReadOutcome.Missing<>("secret 'team/team/prefixed'"));
        }
    }

    @Test
    default void fetchesTagsAsMetadata() throws Exception {
        fixture()
                .secretsManager()
                .createSecret(r ->
                        r.name("tagged")
                                .secretString("v")
                                .tags(tag("team", "a<b"), tag("env.name", "prod")));
        RemoteRef all = new RemoteRef("tagged", "", "", true);
        RemoteRef one = new RemoteRef("tagged", "env.name", "", true);
        try (SecretClient client = fixture().open(Specs.secretsManager())) {
            assertThat(text(read(client, all)))
                    .isEqualTo("{\"env.name\":\"prod\",\"team\":\"a\\u003cb\"}");
            assertThat(text(read(client, one))).isEqualTo("prod");
            assertThat(texts(extract(client, all)))
                    .isEqualTo(Map.of("env.name", "prod", "team", "a<b"));
            assertThat(read(client, new RemoteRef("tagged-not", "", "", true)))
                    .isInstanceOf(ReadOutcome.Missing.class);
        }
    }

    @Test
    default void findsByPathNameAndTags() throws Exception {
        SecretsManagerClient keeper = fixture().secretsManager();
        keeper.createSecret(
                r -> r.name("find/a/db").secretString("1").tags(tag("env", "prod"), tag("t", "x")));
        keeper.createSecret(r ->
                r.name("find/a/mq").secretString("2").tags(tag("env", "test"), tag("t", "prod")));
        keeper.createSecret(r -> r.name("find/b/db").secretString("3").tags(tag("env", "prod")));
        try (SecretClient client = fixture().open(Specs.secretsManager())) {
            assertThat(texts(client.find(new FindQuery("find/a/", "", Map.of()))))
                    .isEqualTo(Map.of("find/a/db", "1", "find/a/mq", "2"));
            assertThat(texts(client.find(new FindQuery("find/", "db$", Map.of()))))
                    .isEqualTo(Map.of("find/a/db", "1", "find/b/db", "3"));
            // "prod" is a value of the other secret too, of another tag.
            assertThat(texts(client.find(new FindQuery("find/a", "", Map.of("env", "prod")))))
                    .isEqualTo(Map.of("find/a/db", "1"));
            assertThat(texts(client.find(new FindQuery("", "", Map.of("env", "prod", "t", "x")))))
                    .isEqualTo(Map.of("find/a/db", "1"));
        }
    }

    @Test
    default void findsOnManyPages() throws Exception {
        Map<String, String> expected = new HashMap<>();
        for (int i = 0; i < 130; i++) {
            create("pages-" + i, "v" + i);
            expected.put("pages-" + i, "v" + i);
        }
        Fixture fixture = fixture();
        try (SecretClient client = fixture.open(Specs.secretsManager())) {
            assertThat(texts(client.find(new FindQuery("pages-", "", Map.of()))))
                    .isEqualTo(expected);
        }
        assertThat(fixture.count("ListSecrets")).isEqualTo(2);
        assertThat(fixture.count("BatchGetSecretValue")).isLessThanOrEqualTo(8);
        assertThat(fixture.count("GetSecretValue")).isZero();
    }

    @Test
    default void keepsRegionsApart() throws Exception {
        fixture().secretsManager("us-east-1").createSecret(r -> r.name("far").secretString("v"));
        Specs spec = Specs.secretsManager();
        try (SecretClient here = fixture().open(spec);
                SecretClient there =
                        fixture().open(spec.in("us-east-1"), FakeReferences.withKeys())) {
            assertThat(read(here, RemoteRef.of("far"))).isInstanceOf(ReadOutcome.Missing.class);
            assertThat(text(read(there, RemoteRef.of("far")))).isEqualTo("v");
        }
    }

    @Test
    default void readsAThousandSecretsOfAThousandReadersInSixtyCallsAtMost() throws Exception {
        for (int i = 0; i < FLEET; i++) {
            create("fleet-" + i, "v" + i);
        }
        Fixture fixture = fixture();
        try (SecretClient client = fixture.open(Specs.secretsManager());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<ReadOutcome<SecretValue>>> reads = new ArrayList<>();
            for (int i = 0; i < FLEET; i++) {
                RemoteRef ref = RemoteRef.of("fleet-" + i);
                reads.add(() -> read(client, ref));
            }
            List<Future<ReadOutcome<SecretValue>>> answers = threads.invokeAll(reads);
            for (int i = 0; i < FLEET; i++) {
                assertThat(text(answers.get(i).get())).isEqualTo("v" + i);
            }
        }
        assertThat(fixture.calls.size()).isLessThanOrEqualTo(60);
    }

    @Test
    default void keepsErrorsOfABatchApart() throws Exception {
        create("apart-there", "v");
        create("apart-deleted", "v");
        fixture()
                .secretsManager()
                .deleteSecret(r -> r.secretId("apart-deleted").recoveryWindowInDays(7L));
        Set<RemoteRef> refs =
                Set.of(
                        RemoteRef.of("apart-there"),
                        RemoteRef.of("apart-deleted"),
                        RemoteRef.of("apart-never"));
        try (SecretClient client = fixture().open(Specs.secretsManager())) {
            var answers = client.read(refs);
            assertThat(text(answers.get(RemoteRef.of("apart-there")))).isEqualTo("v");
            assertThat(answers.get(RemoteRef.of("apart-deleted")))
                    .isEqualTo(new ReadOutcome.Missing<>("secret 'apart-deleted'"));
            assertThat(answers.get(RemoteRef.of("apart-never")))
                    .isEqualTo(new ReadOutcome.Missing<>("secret 'apart-never'"));
        }
    }

    private String create(String name, String value) {
        return fixture().secretsManager().createSecret(r -> r.name(name).secretString(value)).arn();
    }

    private static RemoteRef version(String key, String version) {
        return new RemoteRef(key, "", version, false);
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}

package dev.signet.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.signet.api.ExternalSecret;
import dev.signet.api.sealed.SealedSecret;
import dev.signet.api.store.SecretStore;
import io.fabric8.kubernetes.api.model.DefaultKubernetesResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.WatchEvent;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SlimSerializationTest {

    private static final String SECRET =
            """
            {"apiVersion":"v1","kind":"Secret","metadata":{"name":"a","labels":{"managedFields":"mine"},
             "managedFields":[{"manager":"x","fieldsV1":{"f:data":{}}}],"resourceVersion":"7"},
             "data":{"managedFields":"YQ==","empty":""},"type":"Opaque"}
            """;

    private final SlimSerialization json = new SlimSerialization(KubernetesClients.lenientMapper());

    @Test
    void listsAndWatchesLeaveManagedFieldsOut() {
        SecretList list =
                json.unmarshal(
                        "{\"kind\":\"SecretList\",\"metadata\":{\"continue\":\"c\"},\"items\":["
                                + SECRET
                                + "]}",
                        SecretList.class);
        WatchEvent event =
                json.unmarshal("{\"type\":\"ADDED\",\"object\":" + SECRET + "}", WatchEvent.class);

        assertThat(list.getMetadata().getContinue()).isEqualTo("c");
        assertSlim(list.getItems().getFirst());
        assertThat(event.getType()).isEqualTo("ADDED");
        assertSlim((Secret) event.getObject());
    }

    @Test
    void objectThatIsAskedForAloneIsReadWhole() {
        assertThat(json.unmarshal(SECRET, Secret.class).getMetadata().getManagedFields())
                .hasSize(1);
    }

    @Test
    void emptyListIsAList() {
        assertThat(json.unmarshal("{\"metadata\":{},\"items\":[]}", SecretList.class).getItems())
                .isEmpty();
    }

    @Test
    void eventsAreReadWhereverKindAndVersionStand() {
        WatchEvent event =
                event(
                        """
                        {"object":{"metadata":{"name":"a","managedFields":[{}]},"data":{"x":"eA=="},
                         "kind":"Secret","apiVersion":"v1"},"type":"MODIFIED","more":{"type":"no"}}
                        """);

        assertThat(event.getType()).isEqualTo("MODIFIED");
        Secret secret = (Secret) event.getObject();
        assertThat(secret.getMetadata().getName()).isEqualTo("a");
        assertThat(secret.getMetadata().getManagedFields()).isEmpty();
        assertThat(secret.getData()).containsEntry("x", "eA==");
    }

    @Test
    void eventsOfErrorsAndOfKindsThatNobodyKnowsAreReadToo() {
        WatchEvent error =
                event(
                        """
                        {"type":"ERROR","object":{"kind":"Status","apiVersion":"v1","metadata":{},
                         "status":"Failure","reason":"Expired","code":410}}
                        """);
        WatchEvent unknown =
                event(
                        """
                        {"type":"ADDED","object":{"apiVersion":"example.com/v1","kind":"Thing",
                         "metadata":{"name":"a"},"spec":{"size":1}}}
                        """);
        WatchEvent none = event("{\"type\":\"BOOKMARK\",\"object\":null}");

        assertThat(((Status) error.getObject()).getCode()).isEqualTo(410);
        assertThat(((GenericKubernetesResource) unknown.getObject()).getKind()).isEqualTo("Thing");
        assertThat(none.getObject()).isNull();
    }

    @Test
    void anEventThatIsCutOffOrNoObjectIsRefused() {
        String whole = "{\"type\":\"ADDED\",\"object\":" + SECRET + "}";
        for (int length : List.of(1, 20, 60, 200, whole.length() - 2)) {
            String cut = whole.substring(0, length);
            assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(() -> event(cut));
        }
        assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(() -> event("[]"));
    }

    private static String sealed(String name, String spec) {
        return """
        {"apiVersion":"bitnami.com/v1alpha1","kind":"SealedSecret","metadata":{"name":"%s","namespace":"ns",
         "resourceVersion":"7","managedFields":[{"fieldsV1":{"f:spec":%s}}]},"spec":%s,
         "status":{"observedGeneration":3}}
        """
                .formatted(name, spec, spec);
    }

    /** A name that is too long, a tree that is too deep, a number that is no number of bytes. */
    private static Stream<String> unreadable() {
        return Stream.of(
                "{\"encryptedData\":{\"%s\":\"AgA=\"}}".formatted("k".repeat(60_000)),
                "{\"template\":{\"metadata\":{\"x\":%s%s}}}"
                        .formatted("[".repeat(9_000), "]".repeat(9_000)),
                "{\"template\":{\"metadata\":{\"generation\":1e300}}}");
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void anObjectThatCannotBeReadHidesNoOther(String spec) {
        String well = "{\"encryptedData\":{\"k\":\"AgA=\"}}";
        DefaultKubernetesResourceList<SealedSecret> list =
                json.unmarshal(
                        "{\"kind\":\"SealedSecretList\",\"metadata\":{\"continue\":\"c\"},\"items\":["
                                + String.join(
                                        ",",
                                        sealed("first", well),
                                        sealed("bad", spec),
                                        sealed("last", well))
                                + "]}",
                        new TypeReference<DefaultKubernetesResourceList<SealedSecret>>() {});
        json.registerKubernetesResource(SealedSecret.class);
        SealedSecret bad =
                (SealedSecret)
                        event("{\"type\":\"ADDED\",\"object\":" + sealed("bad", spec) + "}")
                                .getObject();

        assertThat(list.getMetadata().getContinue()).isEqualTo("c");
        assertThat(list.getItems())
                .extracting(each -> each.getMetadata().getName())
                .containsExactly("first", "bad", "last");
        assertThat(list.getItems().getLast().getSpec().encryptedData()).containsEntry("k", "AgA=");
        assertThat(List.of(list.getItems().get(1), bad))
                .allSatisfy(each -> {
                    assertThat(each.getMetadata().getName()).isEqualTo("bad");
                    assertThat(each.getMetadata().getNamespace()).isEqualTo("ns");
                    assertThat(each.getMetadata().getResourceVersion()).isEqualTo("7");
                    assertThat(each.getSpec()).isNull();
                    assertThat(each.getStatus().observedGeneration()).isEqualTo(3);
                });
    }

    @Test
    void storesAndExternalSecretsThatCannotBeReadAreSeenToo() {
        json.registerKubernetesResource(SecretStore.class);
        json.registerKubernetesResource(ExternalSecret.class);
        SecretStore store =
                (SecretStore)
                        event(
                                        """
                                        {"type":"MODIFIED","object":{"apiVersion":"external-secrets.io/v1","kind":"SecretStore",
                                         "metadata":{"name":"s"},"spec":{"provider":{"akeyless":{"x":%s%s}}}}}
                                        """
                                                .formatted("[".repeat(5_000), "]".repeat(5_000)))
                                .getObject();
        ExternalSecret es =
                (ExternalSecret)
                        event(
                                        """
                                        {"type":"MODIFIED","object":{"apiVersion":"external-secrets.io/v1","kind":"ExternalSecret",
                                         "metadata":{"name":"e"},"spec":{"target":{"template":{"data":{"%s":"x"}}}}}}
                                        """
                                                .formatted("k".repeat(60_000)))
                                .getObject();

        assertThat(store.getMetadata().getName()).isEqualTo("s");
        assertThat(store.getSpec()).isNull();
        assertThat(es.getMetadata().getName()).isEqualTo("e");
        assertThat(es.getSpec()).isNull();
    }

    private WatchEvent event(String text) {
        return json.unmarshal(text, WatchEvent.class);
    }

    private static void assertSlim(Secret secret) {
        assertThat(secret.getMetadata().getManagedFields()).isEmpty();
        assertThat(secret.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(secret.getMetadata().getLabels()).containsEntry("managedFields", "mine");
        assertThat(secret.getData()).containsEntry("managedFields", "YQ==").containsKey("empty");
        assertThat(secret.getType()).isEqualTo("Opaque");
    }
}

package dev.signet.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.api.model.WatchEvent;
import org.junit.jupiter.api.Test;

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

    private static void assertSlim(Secret secret) {
        assertThat(secret.getMetadata().getManagedFields()).isEmpty();
        assertThat(secret.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(secret.getMetadata().getLabels()).containsEntry("managedFields", "mine");
        assertThat(secret.getData()).containsEntry("managedFields", "YQ==").containsKey("empty");
        assertThat(secret.getType()).isEqualTo("Opaque");
    }
}

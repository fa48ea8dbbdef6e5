package dev.signet.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class PublishedServiceTest {

    private static final PublishedService UNNAMED =
            new PublishedService("apps", "sealed", "", "198.51.100.7", 4711);

    @Test
    void anUnnamedPortHasNoNameInEitherObject() {
        assertThat(json(UNNAMED.service()).at("/spec/ports/0").has("name")).isFalse();
        assertThat(json(UNNAMED.endpoints()).at("/subsets/0/ports/0").has("name")).isFalse();
    }

    @Test
    void aNamedPortHasTheSameNameInBoth() {
        PublishedService named = UNNAMED.as("other", "http");

        assertThat(json(named.service()).at("/spec/ports/0/name").asText()).isEqualTo("http");
        assertThat(json(named.endpoints()).at("/subsets/0/ports/0/name").asText())
                .isEqualTo("http");
    }

    @Test
    void endpointsLeadToTheServerAsAPodOfThatNamespace() {
        JsonNode subset = json(UNNAMED.endpoints()).at("/subsets/0");

        assertThat(subset.at("/addresses/0/ip").asText()).isEqualTo("198.51.100.7");
        assertThat(subset.at("/addresses/0/targetRef/kind").asText()).isEqualTo("Pod");
        assertThat(subset.at("/addresses/0/targetRef/namespace").asText()).isEqualTo("apps");
        assertThat(subset.at("/ports/0/port").asInt()).isEqualTo(4711);
    }

    private static JsonNode json(Object object) {
        return JsonHttp.JSON.valueToTree(object);
    }
}

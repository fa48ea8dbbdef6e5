package dev.signet.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WatchLinesTest {

    private static final String LINE =
            """
            {"type":"MODIFIED","object":{"apiVersion":"external-secrets.io/v1","kind":"ExternalSecret",\
            "metadata":{"generation":1,"name":"es-1234","namespace":"cold-1-14"},\
            "spec":{"secretStoreRef":{"kind":"ClusterSecretStore","name":"bench"}},\
            "status":{"binding":{"name":"es-1234"},"conditions":[{"lastTransitionTime":"2030-01-01T00:00:00Z",\
            "message":"secret synced","reason":"SecretSynced","status":"%s","type":"Ready"}]}}}\
            """;

    @Test
    void objectIsFoundByItsNumber() {
        assertThat(ReadyWatch.index(LINE)).isEqualTo(1234);
        assertThat(ReadyWatch.index("{\"object\":{\"metadata\":{\"name\":\"other-3\"}}}"))
                .isNegative();
        assertThat(ReadyWatch.index("{\"object\":{\"metadata\":{\"name\":\"es-\"}}}")).isNegative();
    }

    @Test
    void onlyATrueConditionIsReady() {
        assertThat(ReadyWatch.isReady(LINE.formatted("True"))).isTrue();
        assertThat(ReadyWatch.isReady(LINE.formatted("False"))).isFalse();
        assertThat(ReadyWatch.isReady("{\"type\":\"ADDED\",\"object\":{}}")).isFalse();
    }

    @Test
    void aWatchGoesOnFromTheLastVersionThatItBrought() {
        assertThat(
                        EventStream.version(
                                "{\"object\":{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"17\"},\"status\":{\"syncedResourceVersion\":\"3\"}}}",
                                "5"))
                .isEqualTo("17");
        assertThat(EventStream.version("{\"object\":{}}", "5")).isEqualTo("5");
        assertThat(EventStream.version("{\"resourceVersion\":\"cut o", "5")).isEqualTo("5");
    }
}

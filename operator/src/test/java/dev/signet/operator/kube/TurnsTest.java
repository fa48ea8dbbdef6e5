package dev.signet.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.controller.ResourceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final ResourceID APP = new ResourceID("app", "team");
    private static final ConfigMap FOUND =
            new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName("app")
                    .withNamespace("team")
                    .endMetadata()
                    .build();

    private final List<Event> told = new ArrayList<>();
    private final Turns<ConfigMap> turns = new Turns<>("turns");

    @BeforeEach
    void start() {
        turns.setEventHandler(told::add);
        turns.of(id -> Optional.ofNullable(Map.of(APP, FOUND).get(id)));
        turns.start();
    }

    @Test
    void turnIsToldAsNewsOfTheObject() {
        assertThat(turns.give(APP)).isTrue();

        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        ResourceEvent.class,
                        event -> {
                            assertThat(event.getRelatedCustomResourceID()).isEqualTo(APP);
                            assertThat(event.getResource()).containsSame(FOUND);
                        });
    }

    @Test
    void whatDoesNotExistHasNoTurn() {
        assertThat(turns.give(new ResourceID("other", "team"))).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void noneHasATurnBeforeTheStartNorAfterTheEnd() {
        Turns<ConfigMap> unwired = new Turns<>("unwired");
        unwired.setEventHandler(told::add);
        unwired.start();
        turns.stop();

        assertThat(unwired.give(APP)).isFalse();
        assertThat(turns.give(APP)).isFalse();
        assertThat(told).isEmpty();
    }
}

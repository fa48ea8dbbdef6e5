package dev.signet.operator.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.operator.event.EventRecorder;
import dev.signet.operator.observe.SyncMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** What both store reconcilers work with. */
public record StoreParts(
        StoreSessions sessions,
        StoreListener listener,
        EventRecorder events,
        SyncMetrics metrics,
        KubernetesClient client,
        ObjectMapper mapper,
        Clock clock,
        RandomGenerator random) {}

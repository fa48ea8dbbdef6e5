package dev.signet.operator.externalsecret;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.operator.event.EventRecorder;
import dev.signet.operator.observe.SyncMetrics;
import dev.signet.operator.store.StoreCatalog;
import dev.signet.operator.store.StoreSessions;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** What ExternalSecrets are synced with. */
public record SyncParts(
        StoreCatalog stores,
        StoreSessions sessions,
        EventRecorder events,
        SyncMetrics metrics,
        KubernetesClient client,
        ObjectMapper mapper,
        Clock clock,
        RandomGenerator random) {}

package dev.signet.operator.externalsecret;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.operator.event.EventRecorder;
import dev.signet.operator.kube.ApiCalls;
import dev.signet.operator.observe.SyncMetrics;
import dev.signet.operator.store.StoreCatalog;
import dev.signet.operator.store.StoreKey;
import dev.signet.operator.store.StoreSessions;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What ExternalSecrets are synced with.
 *
 * @param doubts is told of a store whose backend did not answer, so that the store is validated
 *     again
 */
public record SyncParts(
        StoreCatalog stores,
        StoreSessions sessions,
        Consumer<StoreKey> doubts,
        EventRecorder events,
        SyncMetrics metrics,
        KubernetesClient client,
        ApiCalls calls,
        ObjectMapper mapper,
        Clock clock,
        RandomGenerator random) {}

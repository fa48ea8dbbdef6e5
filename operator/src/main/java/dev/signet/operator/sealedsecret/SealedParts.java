package dev.signet.operator.sealedsecret;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.operator.event.EventRecorder;
import dev.signet.operator.kube.ApiCalls;
import dev.signet.operator.observe.SyncMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** What serving Sealed Secrets shares with the rest of the operator; all of it stays theirs. */
public record SealedParts(
        KubernetesClient client,
        ApiCalls calls,
        EventRecorder events,
        SyncMetrics metrics,
        ObjectMapper mapper,
        Clock clock,
        RandomGenerator random) {}

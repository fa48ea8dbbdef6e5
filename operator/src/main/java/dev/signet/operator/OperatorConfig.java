package dev.signet.operator;

import dev.signet.api.StoreRef;
import dev.signet.operator.sealedsecret.SealedSecretsConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the operator runs.
 *
 * @param namespace the one namespace to work in; empty for all
 * @param controllerClass stores that name another class are left to others
 * @param concurrent the most ExternalSecrets that are synced at once
 * @param storeRequeueInterval how long until a store is validated again, unless it says otherwise
 * @param clusterStores whether ClusterSecretStores are served
 * @param floodGate whether an ExternalSecret waits until its store is Ready
 * @param refreshesPerSecond the most periodic refreshes and retries started each second for one
 *     store; 0 for no limit
 * @param fallbackStore serves in the place of stores that cannot and name no fallback; null for
 *     none
 * @param localEndpoints whether stores may name addresses of this machine, its link or its cloud's
 *     metadata
 * @param ownTokenFile where the token of the operator's ServiceAccount is mounted
 * @param sealedSecrets how Sealed Secrets are served
 */
public record OperatorConfig(
        String namespace,
        String controllerClass,
        int concurrent,
        Duration storeRequeueInterval,
        boolean clusterStores,
        boolean floodGate,
        double refreshesPerSecond,
        @Nullable StoreRef fallbackStore,
        boolean localEndpoints,
        Path ownTokenFile,
        SealedSecretsConfig sealedSecrets) {

    /** What the command line starts from. */
    public static final OperatorConfig DEFAULTS =
            new OperatorConfig(
                    "",
                    "default",
                    32,
                    Duration.ofMinutes(5),
                    true,
                    true,
                    0,
                    null,
                    false,
                    Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token"),
                    SealedSecretsConfig.DEFAULTS);

    /** These settings for another namespace. */
    public OperatorConfig inNamespace(String other) {
        return new OperatorConfig(
                other,
                controllerClass,
                concurrent,
                storeRequeueInterval,
                clusterStores,
                floodGate,
                refreshesPerSecond,
                fallbackStore,
                localEndpoints,
                ownTokenFile,
                sealedSecrets);
    }

    /** These settings with a fallback for all stores. */
    public OperatorConfig withFallbackStore(StoreRef other) {
        return new OperatorConfig(
                namespace,
                controllerClass,
                concurrent,
                storeRequeueInterval,
                clusterStores,
                floodGate,
                refreshesPerSecond,
                other,
                localEndpoints,
                ownTokenFile,
                sealedSecrets);
    }

    /** These settings for stores whose backends are on this machine. */
    public OperatorConfig withLocalEndpoints() {
        return new OperatorConfig(
                namespace,
                controllerClass,
                concurrent,
                storeRequeueInterval,
                clusterStores,
                floodGate,
                refreshesPerSecond,
                fallbackStore,
                true,
                ownTokenFile,
                sealedSecrets);
    }

    /** These settings with Sealed Secrets served in another way. */
    public OperatorConfig withSealedSecrets(SealedSecretsConfig others) {
        return new OperatorConfig(
                namespace,
                controllerClass,
                concurrent,
                storeRequeueInterval,
                clusterStores,
                floodGate,
                refreshesPerSecond,
                fallbackStore,
                localEndpoints,
                ownTokenFile,
                others);
    }
}

package dev.signet.system;

import dev.signet.operator.KubernetesClients;
import dev.signet.testbed.SharedControlPlane;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;

/**
 * Watches the Secrets that the operator keeps in one namespace, past any proxy, and has each state
 * of each judged as it comes.
 */
final class SecretWitness implements AutoCloseable {

    /** Says what is wrong with a state; empty where nothing is. */
    interface Judge {
        String judge(String name, Map<String, String> before, Map<String, String> now);
    }

    private static final Map<String, String> NEW = Map.of();

    private final KubernetesClient client;
    private final SharedIndexInformer<Secret> informer;
    private final String prefix;
    private final Judge judge;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final AtomicInteger states = new AtomicInteger();

    private SecretWitness(String namespace, String prefix, Judge judge) {
        this.prefix = prefix;
        this.judge = judge;
        this.client = KubernetesClients.fromKubeconfig(SharedControlPlane.get().kubeconfig());
        this.informer =
                client.secrets()
                        .inNamespace(namespace)
                        .withLabel("reconcile.external-secrets.io/managed", "true")
                        .inform(new Seen());
    }

    /** A witness of the Secrets whose names begin so. */
    static SecretWitness of(String namespace, String prefix, Judge judge) {
        return new SecretWitness(namespace, prefix, judge);
    }

    /** How many states of Secrets it has seen. */
    int states() {
        return states.get();
    }

    /** Fails if a Secret was ever gone or not as it may be. */
    void assertNothingWasWrong() {
        Assertions.assertThat(problems).isEmpty();
    }

    @Override
    public void close() {
        informer.close();
        client.close();
    }

    private final class Seen implements ResourceEventHandler<Secret> {

        @Override
        public void onAdd(Secret secret) {
            look(secret, NEW);
        }

        @Override
        public void onUpdate(Secret before, Secret secret) {
            if (!before.getMetadata().getUid().equals(secret.getMetadata().getUid())) {
                add(secret, "was made anew");
            }
            look(secret, texts(before));
        }

        @Override
        public void onDelete(Secret secret, boolean unknown) {
            add(secret, "was gone");
        }

        private void look(Secret secret, Map<String, String> before) {
            if (isMeant(secret)) {
                states.incrementAndGet();
                add(secret, judge.judge(secret.getMetadata().getName(), before, texts(secret)));
            }
        }
    }

    private void add(Secret secret, String problem) {
        if (isMeant(secret) && !problem.isEmpty()) {
            problems.add(secret.getMetadata().getName() + ": " + problem);
        }
    }

    private boolean isMeant(Secret secret) {
        return secret.getMetadata().getName().startsWith(prefix);
    }

    private static Map<String, String> texts(Secret secret) {
        Map<String, String> texts = new TreeMap<>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) ->
                            texts.put(
                                    key,
                                    new String(
                                            Base64.getDecoder().decode(value),
                                            StandardCharsets.UTF_8)));
        }
        return texts;
    }
}

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
    private final Judge judge;
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final AtomicInteger states = new AtomicInteger();

    private SecretWitness(String namespace, Judge judge) {
        this.judge = judge;
        this.client = KubernetesClients.fromKubeconfig(SharedControlPlane.get().kubeconfig());
        this.informer =
                client.secrets()
                        .inNamespace(namespace)
                        .withLabel("reconcile.external-secrets.io/managed", "true")
                        .inform(new Seen());
    }

    static SecretWitness of(String namespace, Judge judge) {
        return new SecretWitness(namespace, judge);
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
                problems.add(secret.getMetadata().getName() + " was made anew");
            }
            look(secret, texts(before));
        }

        @Override
        public void onDelete(Secret secret, boolean unknown) {
            problems.add(secret.getMetadata().getName() + " was gone");
        }

        private void look(Secret secret, Map<String, String> before) {
            states.incrementAndGet();
            String name = secret.getMetadata().getName();
            String problem = judge.judge(name, before, texts(secret));
            if (!problem.isEmpty()) {
                problems.add(name + ": " + problem);
            }
        }
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

package dev.signet.cli.keys;

import dev.signet.sealed.KeyGenerator;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.UnsealingKey;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The key Secrets of a cluster. Errors of the API server are passed on. */
public final class KeyStore {

    private final KubernetesClient client;
    private final String namespace;
    private final String prefix;
    private final Clock clock;

    /**
     * @param namespace of the operator
     * @param prefix what the names of its key Secrets begin with
     */
    public KeyStore(KubernetesClient client, String namespace, String prefix, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.prefix = prefix;
        this.clock = clock;
    }

    /** Where the keys are. */
    public String namespace() {
        return namespace;
    }

    /** Every key Secret, the newest certificate first and broken ones last. */
    public List<StoredKey> list() {
        return secrets().stream()
                .map(secret -> StoredKey.of(secret, prefix))
                .sorted(newestFirst())
                .toList();
    }

    /** The key whose certificate values are sealed with, by the usual order. */
    public Optional<UnsealingKey> sealing() {
        return KeyRing.byCertificate(
                        list().stream()
                                .filter(StoredKey::isActive)
                                .filter(StoredKey.Usable.class::isInstance)
                                .map(key -> ((StoredKey.Usable) key).key())
                                .toList())
                .newest();
    }

    /** Every key Secret as a cluster takes it back, by name. */
    public List<Secret> backup() {
        return secrets().stream()
                .map(KeyStore::portable)
                .sorted(Comparator.comparing(secret -> secret.getMetadata().getName()))
                .toList();
    }

    /**
     * Puts a key Secret where the operator finds it. A usable key is never overwritten.
     *
     * @param force whether a key whose name another has is made under a new name, and one that is
     *     broken or labelled otherwise replaced
     */
    public Restored restore(Secret saved, boolean force) {
        String name = saved.getMetadata().getName();
        if (!isMeant(saved)) {
            return new Restored(
                    name,
                    Restored.What.FOREIGN,
                    "is no sealing key by name or label; label it %s=%s if it is one"
                            .formatted(StoredKey.LABEL, StoredKey.ACTIVE));
        }
        if (!(StoredKey.of(saved, prefix) instanceof StoredKey.Usable usable)) {
            return new Restored(name, Restored.What.BROKEN, reason(saved));
        }
        Secret wanted = labelled(portable(saved));
        wanted.getMetadata().setNamespace(namespace);
        @Nullable Secret there = named(name);
        if (there != null
                && Objects.equals(there.getData(), wanted.getData())
                && StoredKey.of(there, prefix).isActive()
                        == StoredKey.of(wanted, prefix).isActive()) {
            return new Restored(name, Restored.What.UNCHANGED, "is there already");
        }
        String fingerprint = usable.key().fingerprint();
        boolean isOther =
                there != null
                        && StoredKey.of(there, prefix) instanceof StoredKey.Usable other
                        && !other.key().fingerprint().equals(fingerprint);
        if (there == null || isOther) {
            Optional<String> twin = nameOf(fingerprint);
            if (twin.isPresent()) {
                return new Restored(name, Restored.What.UNCHANGED, "is there as " + twin.get());
            }
        }
        if (there != null && !force) {
            return new Restored(
                    name, Restored.What.DIFFERENT, "another Secret of this name is there");
        }
        if (there == null || isOther) {
            return created(wanted, isOther, fingerprint);
        }
        wanted.getMetadata().setResourceVersion(there.getMetadata().getResourceVersion());
        client.secrets().inNamespace(namespace).resource(wanted).update();
        return new Restored(name, Restored.What.REPLACED, fingerprint);
    }

    private Restored created(Secret wanted, boolean renamed, String fingerprint) {
        String name = wanted.getMetadata().getName();
        if (renamed) {
            wanted.getMetadata().setName(null);
            wanted.getMetadata().setGenerateName(prefix);
        }
        Secret made = client.secrets().inNamespace(namespace).resource(wanted).create();
        return new Restored(
                name,
                Restored.What.CREATED,
                renamed
                        ? "%s as %s".formatted(fingerprint, made.getMetadata().getName())
                        : fingerprint);
    }

    /** A file may hold other certificates too, which are not to seal anything. */
    private boolean isMeant(Secret saved) {
        Map<String, String> labels = saved.getMetadata().getLabels();
        return saved.getMetadata().getName().startsWith(prefix)
                || (labels != null && labels.containsKey(StoredKey.LABEL));
    }

    /**
     * Makes a new key that seals from now on, as the operator would.
     *
     * @param bits of its modulus
     * @param life of its certificate
     * @param commonName of its certificate; empty for none
     */
    public UnsealingKey renew(int bits, Duration life, String commonName) {
        // Certificates tell time in seconds, and the latest is the one that seals.
        Instant now = clock.instant();
        Instant start =
                sealing()
                        .map(newest -> newest.certificate().notBefore().plusSeconds(1))
                        .filter(next -> next.isAfter(now))
                        .orElse(now);
        UnsealingKey key =
                new KeyGenerator(Clock.fixed(start, ZoneOffset.UTC), new SecureRandom())
                        .generate(prefix, bits, life, commonName);
        Secret secret =
                new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withGenerateName(prefix)
                        .addToLabels(StoredKey.LABEL, StoredKey.ACTIVE)
                        .endMetadata()
                        .withType("kubernetes.io/tls")
                        .addToData("tls.crt", encoded(key.certificate().pem()))
                        .addToData("tls.key", encoded(key.privateKeyPem()))
                        .build();
        client.secrets().inNamespace(namespace).resource(secret).create();
        return key;
    }

    private List<Secret> secrets() {
        Map<String, Secret> found = new TreeMap<>();
        for (Secret secret :
                client.secrets()
                        .inNamespace(namespace)
                        .withLabel(StoredKey.LABEL)
                        .list()
                        .getItems()) {
            found.put(secret.getMetadata().getName(), secret);
        }
        @Nullable Secret old = named(prefix);
        if (old != null) {
            found.put(prefix, old);
        }
        return List.copyOf(found.values());
    }

    private @Nullable Secret named(String name) {
        return client.secrets().inNamespace(namespace).withName(name).get();
    }

    private Optional<String> nameOf(String fingerprint) {
        return list().stream()
                .filter(StoredKey::isActive)
                .filter(key ->
                        key instanceof StoredKey.Usable usable
                                && usable.key().fingerprint().equals(fingerprint))
                .map(StoredKey::name)
                .findFirst();
    }

    private String reason(Secret secret) {
        return StoredKey.of(secret, prefix) instanceof StoredKey.Broken broken
                ? broken.reason()
                : "";
    }

    private static Secret portable(Secret secret) {
        ObjectMeta from = secret.getMetadata();
        ObjectMeta to = new ObjectMeta();
        to.setName(from.getName());
        to.setNamespace(from.getNamespace());
        to.setLabels(from.getLabels());
        Map<String, String> annotations =
                from.getAnnotations() == null
                        ? new TreeMap<>()
                        : new TreeMap<>(from.getAnnotations());
        annotations.remove("kubectl.kubernetes.io/last-applied-configuration");
        to.setAnnotations(annotations);
        return new SecretBuilder()
                .withMetadata(to)
                .withType(secret.getType())
                .withImmutable(secret.getImmutable())
                .withData(secret.getData())
                .build();
    }

    /** Who brings back a key wants it used, unless its label says another thing. */
    private static Secret labelled(Secret secret) {
        Map<String, String> labels = new TreeMap<>();
        if (secret.getMetadata().getLabels() != null) {
            labels.putAll(secret.getMetadata().getLabels());
        }
        labels.putIfAbsent(StoredKey.LABEL, StoredKey.ACTIVE);
        secret.getMetadata().setLabels(labels);
        return secret;
    }

    private static Comparator<StoredKey> newestFirst() {
        Comparator<StoredKey> byStart = Comparator.comparing(KeyStore::start);
        return byStart.reversed().thenComparing(StoredKey::name);
    }

    private static Instant start(StoredKey key) {
        return switch (key) {
            case StoredKey.Usable usable -> usable.key().certificate().notBefore();
            case StoredKey.Broken broken -> Instant.MIN;
        };
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

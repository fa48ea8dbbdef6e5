package dev.signet.operator.sealedsecret.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.api.sealed.SealedSecret;
import dev.signet.api.sealed.SealedSecretSpec;
import dev.signet.operator.refresh.ObjectKey;
import dev.signet.operator.sealedsecret.Keys;
import dev.signet.operator.sealedsecret.SealedSecretCatalog;
import dev.signet.operator.sealedsecret.SealedSecrets;
import dev.signet.operator.store.SealedNamespaces;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.SealedValues;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.Opened;
import dev.signet.sealed.Opener;
import dev.signet.sealed.SealedItems;
import dev.signet.sealed.Unsealed;
import dev.signet.sealed.Unsealer;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The sealed values of each namespace, from the watched SealedSecrets and the keys of the moment.
 */
public final class SealedStoreValues implements SealedNamespaces {

    /**
     * How long after the start it is waited for the first SealedSecrets and keys, so that a restart
     * makes no store look broken.
     */
    private static final Duration AT_START = Duration.ofSeconds(10);

    /** Names of thousands of keys would fill a status. */
    private static final int LONGEST = 1_000;

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final SealedSecretCatalog catalog;
    private final Keys keys;
    private final Opener opener;
    private final Unsealer unsealer;
    private final Clock clock;
    private final Instant started;
    private final Failures failures = new Failures();

    /**
     * @param unsealer of what older versions sealed as a whole
     */
    public SealedStoreValues(
            SealedSecretCatalog catalog, Keys keys, Opener opener, Unsealer unsealer, Clock clock) {
        this.catalog = catalog;
        this.keys = keys;
        this.opener = opener;
        this.unsealer = unsealer;
        this.clock = clock;
        this.started = clock.instant();
    }

    /**
     * The values of what is served.
     *
     * @param listener see {@link #onChange}
     */
    public static SealedNamespaces of(
            SealedSecrets served, ObjectMapper mapper, Clock clock, Consumer<String> listener) {
        SealedStoreValues values =
                new SealedStoreValues(
                        served.catalog(),
                        served.keys(),
                        served.openerOfStores(),
                        new Unsealer(served.openerOfStores(), mapper, served.acceptsLegacy()),
                        clock);
        values.onChange(Coalesced.of(listener));
        return values;
    }

    /**
     * From now on {@code listener} is told of each namespace whose SealedSecrets change, and with
     * an empty one of a change of the keys. It must return at once.
     */
    public void onChange(Consumer<String> listener) {
        catalog.onChange(key -> {
            // What is there at the start is read by those who use it without being told.
            if (catalog.isComplete(key.namespace()) || isPastTheStart()) {
                listener.accept(key.namespace());
            }
        });
        keys.onChange(() -> {
            if (catalog.isComplete("") || isPastTheStart()) {
                listener.accept("");
            }
        });
        catalog.onComplete(namespace -> {
            // Who did not wait so long was told that nothing is known.
            if (isPastTheStart()) {
                listener.accept(namespace);
            }
        });
    }

    @Override
    public SealedValues in(String namespace) {
        return new InNamespace(namespace);
    }

    private boolean isPastTheStart() {
        return clock.instant().isAfter(started.plus(AT_START));
    }

    private void awaitTheStart(String namespace) throws InterruptedException {
        while (!(catalog.isComplete(namespace) && keys.current().newest().isPresent())
                && !isPastTheStart()) {
            Thread.sleep(PAUSE);
        }
    }

    private final class InNamespace implements SealedValues {

        private final String namespace;

        InNamespace(String namespace) {
            this.namespace = namespace;
        }

        @Override
        public String namespace() {
            return namespace;
        }

        @Override
        public List<Item> items() throws ReferenceException, InterruptedException {
            awaitTheStart(namespace);
            if (!catalog.isComplete(namespace)) {
                throw new ReferenceException(
                        ReferenceException.Cause.UNAVAILABLE,
                        "the SealedSecrets of the cluster are not known: install their CRD, and let the operator list and watch them");
            }
            if (!catalog.covers(namespace)) {
                throw new ReferenceException(ReferenceException.Cause.DENIED, unwatched());
            }
            return catalog.inNamespace(namespace).stream().map(InNamespace::item).toList();
        }

        @Override
        public boolean areAll() {
            return !catalog.isSelective();
        }

        private String unwatched() {
            return "the operator does not watch SealedSecrets in namespace '%s'; name it in --additional-namespaces, or start it with --all-namespaces"
                    .formatted(namespace);
        }

        @Override
        public ReadOutcome<Map<String, SecretValue>> open(String name, Predicate<String> keys)
                throws InterruptedException {
            Optional<SealedSecret> found = catalog.find(namespace, name);
            if (found.isEmpty()) {
                return notFound(name);
            }
            KeyRing ring = SealedStoreValues.this.keys.current();
            if (ring.newest().isEmpty()) {
                return new ReadOutcome.Unavailable<>(
                        "the operator has no key yet to open sealed values with");
            }
            SealedSecret sealed = found.get();
            SealedSecretSpec spec = sealed.getSpec();
            if (spec == null) {
                return new ReadOutcome.Invalid<>(
                        "SealedSecret '%s' in namespace '%s' has no spec, or one that cannot be read"
                                .formatted(name, namespace));
            }
            boolean legacy = spec.encryptedData().isEmpty() && !spec.data().isEmpty();
            SealedItems items = wanted(Unsealer.items(sealed), legacy ? all -> true : keys);
            Failures.Try asked =
                    Failures.Try.of(new ObjectKey(namespace, name), items.items().keySet());
            Optional<String> before = failures.find(asked, sealed, ring);
            if (before.isPresent()) {
                return new ReadOutcome.Invalid<>(before.get());
            }
            ReadOutcome<Map<String, SecretValue>> outcome =
                    legacy ? openLegacy(sealed, ring) : open(items, ring);
            if (outcome instanceof ReadOutcome.Invalid<?> failed) {
                failures.add(asked, sealed, ring, failed.reason());
            }
            return outcome;
        }

        private <T> ReadOutcome<T> notFound(String name) {
            String what = "SealedSecret '%s' in namespace '%s'".formatted(name, namespace);
            if (!catalog.covers(namespace)) {
                return new ReadOutcome.Invalid<>(unwatched());
            }
            return catalog.isSelective()
                    ? new ReadOutcome.Invalid<>(what + " is not among those that are watched")
                    : new ReadOutcome.Missing<>(what);
        }

        private static SealedItems wanted(SealedItems all, Predicate<String> keys) {
            Map<String, String> some = new HashMap<>(all.items());
            some.keySet().removeIf(keys.negate());
            return new SealedItems(all.namespace(), all.name(), all.scope(), some);
        }

        private ReadOutcome<Map<String, SecretValue>> open(SealedItems items, KeyRing ring)
                throws InterruptedException {
            return switch (opener.open(items, ring)) {
                case Opened.Values opened -> new ReadOutcome.Found<>(opened.values());
                case Opened.Unopened unopened -> unopened(items, ring, unopened.message());
            };
        }

        private ReadOutcome<Map<String, SecretValue>> openLegacy(SealedSecret sealed, KeyRing ring)
                throws InterruptedException {
            return switch (unsealer.unseal(sealed, ring)) {
                case Unsealed.Made made ->
                        decoded(made.secret())
                                .<ReadOutcome<Map<String, SecretValue>>>map(ReadOutcome.Found::new)
                                .orElseGet(() ->
                                        refused(
                                                sealed,
                                                "spec.data holds a Secret with values that are not base64"));
                case Unsealed.Unopened unopened ->
                        unopened(Unsealer.items(sealed), ring, unopened.message());
                case Unsealed.Refused refused -> refused(sealed, refused.message());
            };
        }

        private <T> ReadOutcome<T> refused(SealedSecret sealed, String why) {
            return new ReadOutcome.Invalid<>(
                    "SealedSecret '%s' in namespace '%s': %s"
                            .formatted(sealed.getMetadata().getName(), namespace, why));
        }

        private static ReadOutcome<Map<String, SecretValue>> unopened(
                SealedItems items, KeyRing ring, String message) {
            int count = ring.keys().size();
            return new ReadOutcome.Invalid<>(
                    "SealedSecret '%s' in namespace '%s' cannot be opened in its scope, %s, with the operator's %s: %s"
                            .formatted(
                                    items.name(),
                                    items.namespace(),
                                    items.scope().word(),
                                    count == 1 ? "key" : count + " keys",
                                    bounded(message.replace("\n", "; "))));
        }

        /** As the API server reads a Secret; empty where it would refuse it. */
        private static Optional<Map<String, SecretValue>> decoded(Secret secret) {
            Map<String, SecretValue> values = new TreeMap<>();
            try {
                present(secret.getData())
                        .forEach((key, value) ->
                                values.put(
                                        key,
                                        SecretValue.of(
                                                Base64.getDecoder()
                                                        .decode(value == null ? "" : value))));
            } catch (IllegalArgumentException e) {
                // Its message quotes a byte of the value.
                return Optional.empty();
            }
            present(secret.getStringData())
                    .forEach((key, value) ->
                            values.put(key, SecretValue.ofUtf8(value == null ? "" : value)));
            return Optional.of(values);
        }

        private static Item item(SealedSecret sealed) {
            Map<String, String> annotations = present(sealed.getMetadata().getAnnotations());
            return new Item(
                    sealed.getMetadata().getName(),
                    annotations.getOrDefault(SealedSecret.REMOTE_KEY, "").strip(),
                    present(sealed.getMetadata().getLabels()),
                    annotations);
        }

        private static String bounded(String text) {
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        }

        private static Map<String, String> present(@Nullable Map<String, String> map) {
            return map == null ? Map.of() : map;
        }
    }
}

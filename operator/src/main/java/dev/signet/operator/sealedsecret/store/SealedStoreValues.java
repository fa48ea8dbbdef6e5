package dev.signet.operator.sealedsecret.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.api.sealed.SealedSecret;
import dev.signet.api.sealed.SealedSecretSpec;
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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
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

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final SealedSecretCatalog catalog;
    private final Keys keys;
    private final Opener opener;
    private final Unsealer unsealer;
    private final Clock clock;
    private final Instant started;

    /**
     * @param mapper for what older versions sealed as a whole
     */
    public SealedStoreValues(
            SealedSecretCatalog catalog,
            Keys keys,
            Opener opener,
            ObjectMapper mapper,
            Clock clock) {
        this.catalog = catalog;
        this.keys = keys;
        this.opener = opener;
        this.unsealer = new Unsealer(opener, mapper, true);
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
                        served.catalog(), served.keys(), served.opener(), mapper, clock);
        values.onChange(listener);
        return values;
    }

    /**
     * From now on {@code listener} is told of each namespace whose SealedSecrets change, and with
     * an empty one of a change of the keys. It must return at once.
     */
    public void onChange(Consumer<String> listener) {
        catalog.onChange(key -> {
            // What is there at the start is read by those who use it without being told.
            if (catalog.isComplete() || isPastTheStart()) {
                listener.accept(key.namespace());
            }
        });
        keys.onChange(() -> {
            if (catalog.isComplete() || isPastTheStart()) {
                listener.accept("");
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

    private void awaitTheStart() throws InterruptedException {
        while (!(catalog.isComplete() && keys.current().newest().isPresent())
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
            awaitTheStart();
            if (!catalog.isComplete()) {
                throw new ReferenceException(
                        ReferenceException.Cause.UNAVAILABLE,
                        "the SealedSecrets of the cluster are not known: install their CRD, and let the operator list and watch them");
            }
            return catalog.inNamespace(namespace).stream().map(InNamespace::item).toList();
        }

        @Override
        public ReadOutcome<Map<String, SecretValue>> open(String name) throws InterruptedException {
            Optional<SealedSecret> found = catalog.find(namespace, name);
            if (found.isEmpty()) {
                return new ReadOutcome.Missing<>(
                        "SealedSecret '%s' in namespace '%s'".formatted(name, namespace));
            }
            KeyRing ring = keys.current();
            if (ring.newest().isEmpty()) {
                return new ReadOutcome.Unavailable<>(
                        "the operator has no key yet to open sealed values with");
            }
            SealedSecret sealed = found.get();
            SealedSecretSpec spec = sealed.getSpec();
            return spec != null && spec.encryptedData().isEmpty() && !spec.data().isEmpty()
                    ? openLegacy(sealed, ring)
                    : open(sealed, ring);
        }

        private ReadOutcome<Map<String, SecretValue>> open(SealedSecret sealed, KeyRing ring)
                throws InterruptedException {
            SealedItems items = Unsealer.items(sealed);
            return switch (opener.open(items, ring)) {
                case Opened.Values opened -> new ReadOutcome.Found<>(opened.values());
                case Opened.Unopened unopened -> unopened(items, ring, unopened.message());
            };
        }

        private ReadOutcome<Map<String, SecretValue>> openLegacy(SealedSecret sealed, KeyRing ring)
                throws InterruptedException {
            return switch (unsealer.unseal(sealed, ring)) {
                case Unsealed.Made made ->
                        new ReadOutcome.Found<>(decoded(made.secret().getData()));
                case Unsealed.Unopened unopened ->
                        unopened(Unsealer.items(sealed), ring, unopened.message());
                case Unsealed.Refused refused ->
                        new ReadOutcome.Invalid<>(
                                "SealedSecret '%s' in namespace '%s': %s"
                                        .formatted(
                                                sealed.getMetadata().getName(),
                                                namespace,
                                                refused.message()));
            };
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
                                    message.replace("\n", "; ")));
        }

        private static Map<String, SecretValue> decoded(@Nullable Map<String, String> data) {
            Map<String, SecretValue> values = new TreeMap<>();
            if (data != null) {
                data.forEach((key, value) ->
                        values.put(key, SecretValue.of(Base64.getDecoder().decode(value))));
            }
            return values;
        }

        private static Item item(SealedSecret sealed) {
            Map<String, String> annotations = present(sealed.getMetadata().getAnnotations());
            return new Item(
                    sealed.getMetadata().getName(),
                    annotations.getOrDefault(SealedSecret.REMOTE_KEY, "").strip(),
                    present(sealed.getMetadata().getLabels()),
                    annotations);
        }

        private static Map<String, String> present(@Nullable Map<String, String> map) {
            return map == null ? Map.of() : map;
        }
    }
}

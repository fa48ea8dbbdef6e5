package dev.signet.operator.store;

import dev.signet.api.StoreRef;
import dev.signet.api.store.StoreFallback;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The store that serves in another's place, for the ExternalSecrets of one namespace.
 *
 * @param store where values come from then; its own fallback is of no account
 * @param on when
 * @param replaces whether it may overwrite what came from the store itself
 * @param problem why it cannot be used, as a sentence without its full stop; empty where it can
 */
public record Fallback(StoreKey store, Set<FallbackCause> on, boolean replaces, String problem) {

    private static final Set<FallbackCause> USUAL =
            EnumSet.of(FallbackCause.UNREACHABLE, FallbackCause.NOT_CONFIGURED);

    private static final String REPLACE = "Replace";
    private static final Set<String> MODES = Set.of("", "Keep", REPLACE);

    public Fallback {
        on = Set.copyOf(on);
    }

    /**
     * What a store's manifest asks for: its field, or else its annotations; null where it has
     * neither.
     */
    static @Nullable StoreFallback wanted(
            @Nullable StoreFallback field, @Nullable Map<String, String> annotations) {
        String named =
                annotations == null ? "" : annotations.getOrDefault(StoreFallback.ANNOTATION, "");
        if (field != null || annotations == null || named.isBlank()) {
            return field;
        }
        String[] parts = named.strip().split("/", -1);
        return new StoreFallback(
                parts[0],
                parts.length == 2 ? parts[1] : "",
                words(annotations.getOrDefault(StoreFallback.ON_ANNOTATION, "")),
                annotations.getOrDefault(StoreFallback.MODE_ANNOTATION, "").strip());
    }

    /** The store that {@code KIND/NAME} means; empty where the text is not of that form. */
    public static Optional<StoreRef> reference(String text) {
        String[] parts = text.split("/", -1);
        return parts.length == 2 && isKind(parts[0]) && !parts[1].isBlank()
                ? Optional.of(new StoreRef(parts[1], parts[0]))
                : Optional.empty();
    }

    /**
     * The fallback of {@code store} for those in {@code namespace}.
     *
     * @param wanted what the store's manifest asks for
     * @param ofAll the fallback of all stores that ask for none; never its own
     */
    public static Optional<Fallback> of(
            StoreKey store,
            @Nullable StoreFallback wanted,
            @Nullable StoreRef ofAll,
            String namespace) {
        if (wanted != null) {
            return Optional.of(of(store, wanted, namespace));
        }
        if (ofAll == null) {
            return Optional.empty();
        }
        StoreKey key = StoreKey.of(ofAll.kind(), ofAll.name(), namespace);
        return key.equals(store)
                ? Optional.empty()
                : Optional.of(new Fallback(key, USUAL, false, ""));
    }

    private static Fallback of(StoreKey store, StoreFallback wanted, String namespace) {
        StoreKey key = StoreKey.of(wanted.kind(), wanted.name(), namespace);
        Set<FallbackCause> on = EnumSet.noneOf(FallbackCause.class);
        wanted.on().forEach(word -> FallbackCause.of(word).ifPresent(on::add));
        return new Fallback(
                key,
                wanted.on().isEmpty() ? USUAL : on,
                wanted.mode().equals(REPLACE),
                problem(store, wanted, key));
    }

    private static String problem(StoreKey store, StoreFallback wanted, StoreKey key) {
        if (wanted.name().isEmpty() || !(wanted.kind().isEmpty() || isKind(wanted.kind()))) {
            return "it must be named as SecretStore/NAME, which is the one in the namespace of the ExternalSecret, or as ClusterSecretStore/NAME";
        }
        if (key.equals(store)) {
            return "it is the store itself";
        }
        Optional<String> unknown =
                wanted.on().stream().filter(word -> FallbackCause.of(word).isEmpty()).findFirst();
        if (unknown.isPresent()) {
            return "it is to be used on %s, and there are: %s"
                    .formatted(
                            unknown.get(),
                            String.join(
                                    ", ",
                                    Stream.of(FallbackCause.values())
                                            .map(FallbackCause::text)
                                            .toList()));
        }
        return MODES.contains(wanted.mode())
                ? ""
                : "its mode is %s, and there are: Keep, Replace".formatted(wanted.mode());
    }

    private static boolean isKind(String text) {
        return Stream.of(StoreKind.values()).anyMatch(kind -> kind.text().equals(text));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}

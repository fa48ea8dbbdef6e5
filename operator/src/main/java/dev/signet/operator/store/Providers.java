package dev.signet.operator.store;

import dev.signet.provider.SecretProvider;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The providers that this process was shipped with, by the name of their field under {@code
 * spec.provider}.
 */
public final class Providers {

    private final SortedMap<String, SecretProvider<?>> byName;

    private Providers(SortedMap<String, SecretProvider<?>> byName) {
        this.byName = byName;
    }

    /** All providers on the class path. */
    public static Providers onClassPath() {
        SortedMap<String, SecretProvider<?>> found = new TreeMap<>();
        for (SecretProvider<?> provider : ServiceLoader.load(SecretProvider.class)) {
            found.put(provider.name(), provider);
        }
        return new Providers(found);
    }

    /** These providers only. */
    public static Providers of(Map<String, SecretProvider<?>> providers) {
        return new Providers(new TreeMap<>(providers));
    }

    /** The provider for a field of {@code spec.provider}. */
    public Optional<SecretProvider<?>> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The names of all that are here. */
    public SortedSet<String> names() {
        return new TreeSet<>(byName.keySet());
    }
}

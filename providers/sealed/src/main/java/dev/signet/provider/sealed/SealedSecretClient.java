package dev.signet.provider.sealed;

import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Found;
import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SealedValues;
import dev.signet.provider.SecretClient;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreHealth;
import dev.signet.rest.AnswerRoom;
import dev.signet.rest.SecretObject;
import dev.signet.rest.SecretParts;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** Looks at the SealedSecrets anew with each question; holds nothing. */
final class SealedSecretClient implements SecretClient {

    private static final String KIND = "SealedSecret";
    private static final String ALL = "";

    private final Reference.SealedSecrets reference;
    private final References references;

    SealedSecretClient(Reference.SealedSecrets reference, References references) {
        this.reference = reference;
        this.references = references;
    }

    @Override
    public Map<RemoteRef, ReadOutcome<SecretValue>> read(Set<RemoteRef> refs)
            throws InterruptedException {
        return each(refs, SecretParts::value, List::of);
    }

    @Override
    public Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> extract(Set<RemoteRef> refs)
            throws InterruptedException {
        return each(refs, SecretParts::extract, Map::values);
    }

    @Override
    public ReadOutcome<Map<String, SecretValue>> find(FindQuery query) throws InterruptedException {
        try {
            SealedValues values = references.sealed(reference);
            ReadOutcome<Map<String, SealedValues.Item>> matching = index(values).find(query);
            if (!(matching instanceof Found<Map<String, SealedValues.Item>>(var items))) {
                return matching.withoutValue();
            }
            AnswerRoom room = new AnswerRoom();
            Map<String, SecretValue> found = new TreeMap<>();
            for (var item : items.entrySet()) {
                ReadOutcome<SecretObject> opened = open(values, item.getValue(), any -> true);
                if (!(opened instanceof Found<SecretObject>(var object))) {
                    return opened.withoutValue();
                }
                SecretValue whole = SecretParts.whole(object);
                ReadOutcome<SecretValue> kept = room.keep(new Found<>(whole), List.of(whole));
                if (!(kept instanceof Found<?>)) {
                    return kept.withoutValue();
                }
                found.put(item.getKey(), whole);
            }
            return new Found<>(found);
        } catch (ReferenceException e) {
            return e.outcome();
        }
    }

    @Override
    public StoreHealth validate() throws InterruptedException {
        try {
            references.sealed(reference).items();
            return new StoreHealth.Valid();
        } catch (ReferenceException e) {
            return new StoreHealth.Unusable(e.text());
        }
    }

    @Override
    public void close() {
        // There is nothing to end.
    }

    private <T> Map<RemoteRef, ReadOutcome<T>> each(
            Set<RemoteRef> refs,
            BiFunction<SecretObject, RemoteRef, ReadOutcome<T>> pick,
            Function<T, Collection<SecretValue>> kept)
            throws InterruptedException {
        Map<RemoteRef, ReadOutcome<T>> outcomes = new LinkedHashMap<>();
        try {
            SealedValues values = references.sealed(reference);
            Index index = index(values);
            Map<String, ReadOutcome<SecretObject>> opened = new HashMap<>();
            Map<String, Set<String>> wanted = new HashMap<>();
            refs.forEach(ref ->
                    wanted.computeIfAbsent(ref.key(), key -> new HashSet<>()).addAll(keys(ref)));
            AnswerRoom room = new AnswerRoom();
            for (RemoteRef ref : refs) {
                ReadOutcome<SecretObject> secret = opened.get(ref.key());
                if (secret == null) {
                    secret =
                            opened(
                                    values,
                                    index.item(ref.key()),
                                    anyOf(wanted.getOrDefault(ref.key(), Set.of(ALL))));
                    opened.put(ref.key(), secret);
                }
                outcomes.put(
                        ref,
                        secret instanceof Found<SecretObject>(var object)
                                ? keep(room, pick.apply(object, ref), kept)
                                : secret.withoutValue());
            }
        } catch (ReferenceException e) {
            refs.forEach(ref -> outcomes.put(ref, e.outcome()));
        }
        return outcomes;
    }

    private static <T> ReadOutcome<T> keep(
            AnswerRoom room, ReadOutcome<T> picked, Function<T, Collection<SecretValue>> values) {
        return picked instanceof Found<T>(T value)
                ? room.keep(picked, values.apply(value))
                : picked;
    }

    private static Index index(SealedValues values)
            throws ReferenceException, InterruptedException {
        return new Index(values.namespace(), values.items(), values.areAll());
    }

    /** Which keys a reference may pick from: opening the others is work for nothing. */
    private static Set<String> keys(RemoteRef ref) {
        if (ref.metadata()) {
            return Set.of();
        }
        String property = ref.property();
        int dot = property.indexOf('.');
        // A key, or a key and a path into its value; an empty property stands for all.
        return dot > 0 ? Set.of(property, property.substring(0, dot)) : Set.of(property);
    }

    private static Predicate<String> anyOf(Set<String> keys) {
        return keys.contains(ALL) ? any -> true : keys::contains;
    }

    private static ReadOutcome<SecretObject> opened(
            SealedValues values, ReadOutcome<SealedValues.Item> item, Predicate<String> keys)
            throws InterruptedException {
        return item instanceof Found<SealedValues.Item>(var found)
                ? open(values, found, keys)
                : item.withoutValue();
    }

    private static ReadOutcome<SecretObject> open(
            SealedValues values, SealedValues.Item item, Predicate<String> keys)
            throws InterruptedException {
        ReadOutcome<Map<String, SecretValue>> data = values.open(item.name(), keys);
        return data instanceof Found<Map<String, SecretValue>>(var opened)
                ? new Found<>(
                        new SecretObject(
                                KIND, item.name(), item.labels(), item.annotations(), opened))
                : data.withoutValue();
    }
}

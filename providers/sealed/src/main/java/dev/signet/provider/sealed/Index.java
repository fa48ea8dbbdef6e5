package dev.signet.provider.sealed;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Found;
import dev.signet.provider.ReadOutcome.Invalid;
import dev.signet.provider.ReadOutcome.Missing;
import dev.signet.provider.RegexpLimits;
import dev.signet.provider.SealedValues.Item;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which SealedSecret a remote key means. Pure.
 *
 * @param items those of the namespace that are known
 * @param all whether there are no others; else none is ever missing
 */
record Index(String namespace, List<Item> items, boolean all) {

    /** The one that carries this remote key or has this name. */
    ReadOutcome<Item> item(String key) {
        List<Item> candidates =
                items.stream()
                        .filter(item -> !key.isEmpty())
                        .filter(item -> item.remoteKey().equals(key) || item.name().equals(key))
                        .toList();
        if (candidates.isEmpty() && !all) {
            return unseen("with key '%s'".formatted(key));
        }
        if (candidates.isEmpty()) {
            return new Missing<>(
                    "SealedSecret in namespace '%s' for key '%s': none has that name, or the annotation signet.dev/remote-key with that value"
                            .formatted(namespace, key));
        }
        return candidates.size() == 1
                ? new Found<>(candidates.getFirst())
                : several(key, candidates.get(0), candidates.get(1));
    }

    /**
     * Those that match, by remote key or, where they have none, by name. The path of the query is
     * what that begins with.
     */
    ReadOutcome<Map<String, Item>> find(FindQuery query) {
        Optional<String> problem = RegexpLimits.problem(query.nameRegexp());
        if (problem.isPresent()) {
            return new Invalid<>("find.name.regexp is too large: " + problem.get());
        }
        Pattern name;
        try {
            name = Pattern.compile(query.nameRegexp());
        } catch (PatternSyntaxException e) {
            return new Invalid<>(
                    "find.name.regexp '%s' is no RE2 expression".formatted(query.nameRegexp()));
        }
        Map<String, Item> found = new TreeMap<>();
        for (Item item : items) {
            String key = item.remoteKey().isEmpty() ? item.name() : item.remoteKey();
            boolean matches =
                    key.startsWith(query.path())
                            && item.labels().entrySet().containsAll(query.tags().entrySet())
                            && name.matcher(key).find();
            Item other = matches ? found.put(key, item) : null;
            if (other != null) {
                return several(key, other, item);
            }
        }
        return found.isEmpty() && !all ? unseen("that matches") : new Found<>(found);
    }

    private <T> ReadOutcome<T> unseen(String which) {
        return new Invalid<>(
                "none of the SealedSecrets that the operator watches in namespace '%s' is one %s; it watches only those that --label-selector chooses"
                        .formatted(namespace, which));
    }

    private <T> ReadOutcome<T> several(String key, Item one, Item other) {
        boolean ordered = one.name().compareTo(other.name()) < 0;
        return new Invalid<>(
                "key '%s' means two SealedSecrets in namespace '%s', %s and %s: rename one, or change its annotation signet.dev/remote-key"
                        .formatted(
                                key,
                                namespace,
                                ordered ? one.name() : other.name(),
                                ordered ? other.name() : one.name()));
    }
}

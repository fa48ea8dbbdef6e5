package dev.signet.provider.vault;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RegexpLimits;
import dev.signet.provider.SecretValue;
import dev.signet.provider.vault.KvPaths.PathException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Finds secrets below a folder by name and by custom metadata. */
final class Finder {

    private static final int MAX_DEPTH = 32;
    private static final int MAX_FOLDERS = 10_000;
    private static final int MAX_NAMES = 100_000;
    private static final long MAX_CHARACTERS = 16 << 20;

    private final KvPaths paths;
    private final KvReader reader;
    private final Batch batch;

    Finder(KvPaths paths, KvReader reader, Batch batch) {
        this.paths = paths;
        this.reader = reader;
        this.batch = batch;
    }

    /** The content of each secret that matches, as JSON, by the path as the query begins it. */
    ReadOutcome<Map<String, SecretValue>> find(FindQuery query) throws InterruptedException {
        if (!query.tags().isEmpty() && paths.version() == KvVersion.V1) {
            return new ReadOutcome.Invalid<>(
                    "KV v1 keeps no metadata to find secrets by tags with");
        }
        Optional<String> problem = RegexpLimits.problem(query.nameRegexp());
        if (problem.isPresent()) {
            return new ReadOutcome.Invalid<>("find.name.regexp is too large: " + problem.get());
        }
        try {
            Pattern name = Pattern.compile(query.nameRegexp());
            KvLocation start = paths.folder(query.path());
            String prefix = query.path().replaceAll("/+$", "");
            return switch (names(start, prefix.isEmpty() ? "" : prefix + "/")) {
                case ReadOutcome.Found<Map<String, KvLocation>>(var all) ->
                        matching(all, name, query.tags());
                case ReadOutcome<Map<String, KvLocation>> failed -> failed.withoutValue();
            };
        } catch (PatternSyntaxException e) {
            return new ReadOutcome.Invalid<>(
                    "find.name.regexp '%s' is no RE2 expression".formatted(query.nameRegexp()));
        } catch (PathException e) {
            return new ReadOutcome.Invalid<>(e.text());
        }
    }

    private ReadOutcome<Map<String, SecretValue>> matching(
            Map<String, KvLocation> all, Pattern name, Map<String, String> tags)
            throws InterruptedException {
        Map<String, KvLocation> candidates = new LinkedHashMap<>(all);
        candidates.keySet().removeIf(candidate -> !name.matcher(candidate).find());
        if (!tags.isEmpty()) {
            var metadata = batch.all(candidates.keySet(), key -> reader.metadata(at(all, key)));
            var failed = firstFailure(metadata);
            if (failed.isPresent()) {
                return failed.get().withoutValue();
            }
            candidates.keySet().removeIf(key -> !carries(metadata.get(key), tags));
        }
        AnswerRoom room = new AnswerRoom();
        return values(
                batch.all(
                        candidates.keySet(),
                        key -> room.keep(value(key, reader.data(at(all, key), "")))));
    }

    /** All secrets below a folder by name, level by level. */
    private ReadOutcome<Map<String, KvLocation>> names(KvLocation start, String prefix)
            throws InterruptedException {
        Map<String, KvLocation> secrets = new LinkedHashMap<>();
        Map<String, KvLocation> level = Map.of(prefix, start);
        Room room = new Room();
        int folderCount = 0;
        for (int depth = 0; !level.isEmpty(); depth++) {
            Map<String, KvLocation> folders = level;
            folderCount += folders.size();
            if (depth > MAX_DEPTH || folderCount > MAX_FOLDERS) {
                return tooMuch(start);
            }
            var listed =
                    batch.all(
                            folders.keySet(),
                            folder ->
                                    room.isUsedUp()
                                            ? tooMuch(start)
                                            : Outcomes.then(
                                                    reader.list(at(folders, folder)),
                                                    entries ->
                                                            room.takes(folder, entries)
                                                                    ? new ReadOutcome.Found<>(
                                                                            entries)
                                                                    : tooMuch(start)));
            var failed = firstFailure(listed);
            if (failed.isPresent()) {
                return failed.get().withoutValue();
            }
            if (depth == 0
                    && !prefix.isEmpty()
                    && listed.get(prefix) instanceof ReadOutcome.Missing<?> none) {
                // An empty mount is searched in vain; a folder that is not there is a mistake.
                return none.withoutValue();
            }
            level = sorted(listed, folders, secrets);
        }
        return new ReadOutcome.Found<>(secrets);
    }

    /** A server may answer that each folder holds another one. */
    private static <T> ReadOutcome<T> tooMuch(KvLocation start) {
        return new ReadOutcome.Invalid<>(
                "folder %s is too large to search: more than %d levels, %d folders or %d names; narrow find.path"
                        .formatted(start, MAX_DEPTH, MAX_FOLDERS, MAX_NAMES));
    }

    /** Adds the secrets among what was listed, and returns the folders. */
    private static Map<String, KvLocation> sorted(
            Map<String, ReadOutcome<List<String>>> listed,
            Map<String, KvLocation> folders,
            Map<String, KvLocation> secrets) {
        Map<String, KvLocation> next = new LinkedHashMap<>();
        listed.forEach((folder, outcome) -> {
            // A folder that went while we were looking is empty.
            if (outcome instanceof ReadOutcome.Found<List<String>>(List<String> entries)) {
                for (String entry : entries) {
                    boolean isFolder = entry.endsWith("/");
                    String plain = isFolder ? entry.substring(0, entry.length() - 1) : entry;
                    (isFolder ? next : secrets)
                            .put(folder + entry, at(folders, folder).child(plain));
                }
            }
        });
        return next;
    }

    private static ReadOutcome<SecretValue> value(String name, ReadOutcome<JsonObject> data) {
        return Outcomes.then(data, content -> KvValues.value(content, "", name));
    }

    private static ReadOutcome<Map<String, SecretValue>> values(
            Map<String, ReadOutcome<SecretValue>> read) {
        var failed = firstFailure(read);
        if (failed.isPresent()) {
            return failed.get().withoutValue();
        }
        Map<String, SecretValue> values = new LinkedHashMap<>();
        read.forEach((name, outcome) -> {
            // The newest version of a secret that is still listed may be deleted.
            if (outcome instanceof ReadOutcome.Found<SecretValue>(SecretValue value)) {
                values.put(name, value);
            }
        });
        return new ReadOutcome.Found<>(values);
    }

    private static boolean carries(
            @Nullable ReadOutcome<JsonObject> metadata, Map<String, String> tags) {
        return metadata instanceof ReadOutcome.Found<JsonObject>(JsonObject found)
                && tags.entrySet().stream()
                        .allMatch(tag -> tag.getValue().equals(found.get(tag.getKey())));
    }

    /** The first outcome that is neither a find nor a plain absence. */
    private static <K, V> Optional<ReadOutcome<V>> firstFailure(Map<K, ReadOutcome<V>> outcomes) {
        return outcomes.values().stream()
                .filter(outcome ->
                        !(outcome instanceof ReadOutcome.Found<V>)
                                && !(outcome instanceof ReadOutcome.Missing<V>))
                .findFirst();
    }

    private static KvLocation at(Map<String, KvLocation> locations, String key) {
        KvLocation location = locations.get(key);
        if (location == null) {
            throw new IllegalArgumentException("not one of the listed names");
        }
        return location;
    }

    /** The room that is left for names; used by several threads. */
    private static final class Room {

        private final AtomicLong names = new AtomicLong();
        private final AtomicLong characters = new AtomicLong();

        boolean isUsedUp() {
            return names.get() > MAX_NAMES || characters.get() > MAX_CHARACTERS;
        }

        boolean takes(String folder, List<String> entries) {
            names.addAndGet(entries.size());
            characters.addAndGet(
                    entries.stream().mapToLong(entry -> folder.length() + entry.length()).sum());
            return !isUsedUp();
        }
    }
}

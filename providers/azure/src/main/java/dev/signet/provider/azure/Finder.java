package dev.signet.provider.azure;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RegexpLimits;
import dev.signet.provider.SecretValue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds secrets by name and tags. */
final class Finder {

    private static final int MAX_NAMES = 100_000;

    /** A vault may send pages with nothing in them, and goes on. */
    private static final int MAX_PAGES = 10_000;

    private final VaultReader reader;
    private final Batch batch;

    Finder(VaultReader reader, Batch batch) {
        this.reader = reader;
        this.batch = batch;
    }

    /** The value of each secret that matches and is enabled, by name. */
    ReadOutcome<Map<String, SecretValue>> find(FindQuery query) throws InterruptedException {
        Optional<String> problem = RegexpLimits.problem(query.nameRegexp());
        if (problem.isPresent()) {
            return new ReadOutcome.Invalid<>("find.name.regexp is too large: " + problem.get());
        }
        try {
            Pattern name = Pattern.compile(query.nameRegexp());
            return switch (names(name, query.tags())) {
                case ReadOutcome.Found<Set<String>>(var names) -> values(names);
                case ReadOutcome<Set<String>> failed -> failed.withoutValue();
            };
        } catch (PatternSyntaxException e) {
            return new ReadOutcome.Invalid<>(
                    "find.name.regexp '%s' is no RE2 expression".formatted(query.nameRegexp()));
        }
    }

    private ReadOutcome<Set<String>> names(Pattern name, Map<String, String> tags)
            throws InterruptedException {
        Set<String> names = new LinkedHashSet<>();
        int seen = 0;
        @Nullable String link = null;
        for (int pages = 0; pages < MAX_PAGES && seen <= MAX_NAMES; pages++) {
            ReadOutcome<SecretPage> outcome = reader.page(link);
            if (!(outcome instanceof ReadOutcome.Found<SecretPage>(SecretPage page))) {
                return outcome.withoutValue();
            }
            seen += page.entries().size();
            page.entries().stream()
                    .filter(SecretPage.Entry::enabled)
                    .filter(entry -> entry.tags().entrySet().containsAll(tags.entrySet()))
                    .filter(entry -> name.matcher(entry.name()).find())
                    .forEach(entry -> names.add(entry.name()));
            link = page.next();
            if (link == null) {
                return new ReadOutcome.Found<>(names);
            }
        }
        return new ReadOutcome.Invalid<>(
                "the vault is too large to search: more than %d secrets or %d pages"
                        .formatted(MAX_NAMES, MAX_PAGES));
    }

    private ReadOutcome<Map<String, SecretValue>> values(Set<String> names)
            throws InterruptedException {
        AnswerRoom room = new AnswerRoom();
        Map<String, ReadOutcome<SecretValue>> read =
                batch.all(
                        names,
                        name ->
                                room.keep(
                                        Outcomes.then(
                                                reader.read(
                                                        new RemoteObject(
                                                                RemoteObject.Kind.SECRET,
                                                                name,
                                                                "")),
                                                content ->
                                                        new ReadOutcome.Found<>(content.value()))));
        Map<String, SecretValue> values = new LinkedHashMap<>();
        for (Map.Entry<String, ReadOutcome<SecretValue>> one : read.entrySet()) {
            switch (one.getValue()) {
                case ReadOutcome.Found<SecretValue>(SecretValue value) ->
                        values.put(one.getKey(), value);
                case ReadOutcome.Missing<SecretValue> gone -> {
                    // It went while we were looking.
                }
                case ReadOutcome<SecretValue> failed -> {
                    return failed.withoutValue();
                }
            }
        }
        return new ReadOutcome.Found<>(values);
    }
}

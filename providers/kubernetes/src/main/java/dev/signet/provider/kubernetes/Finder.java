package dev.signet.provider.kubernetes;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.ReadOutcome.Found;
import dev.signet.provider.ReadOutcome.Invalid;
import dev.signet.provider.ReadOutcome.Unavailable;
import dev.signet.provider.RegexpLimits;
import dev.signet.provider.SecretValue;
import dev.signet.rest.AnswerRoom;
import dev.signet.rest.JsonObject;
import dev.signet.rest.Retries;
import dev.signet.rest.SecretObject;
import dev.signet.rest.SecretParts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds the Secrets of a namespace by name and labels, page by page. A page that is too large to
 * hold is asked for again with half as many Secrets.
 */
final class Finder {

    private static final int PAGE = 200;
    private static final int MAX_PAGES = 5_000;
    private static final int MAX_ANSWER = 8 << 20;

    private final ApiServer server;
    private final Retries retries;
    private final String namespace;

    Finder(ApiServer server, Retries retries, String namespace) {
        this.server = server;
        this.retries = retries;
        this.namespace = namespace;
    }

    /** The data of each Secret that matches, as JSON, by name. */
    ReadOutcome<Map<String, SecretValue>> find(FindQuery query) throws InterruptedException {
        Optional<String> problem = RegexpLimits.problem(query.nameRegexp());
        if (problem.isPresent()) {
            return new Invalid<>("find.name.regexp is too large: " + problem.get());
        }
        for (var tag : query.tags().entrySet()) {
            if (!Names.isLabelKey(tag.getKey()) || !Names.isLabelValue(tag.getValue())) {
                return new Invalid<>(
                        "find.tags: '%s: %s' cannot be a label"
                                .formatted(tag.getKey(), tag.getValue()));
            }
        }
        try {
            return pages(new Search(Pattern.compile(query.nameRegexp()), selector(query.tags())));
        } catch (PatternSyntaxException e) {
            return new Invalid<>(
                    "find.name.regexp '%s' is no RE2 expression".formatted(query.nameRegexp()));
        }
    }

    private ReadOutcome<Map<String, SecretValue>> pages(Search search) throws InterruptedException {
        int size = PAGE;
        String next = "";
        for (int page = 0; page < MAX_PAGES; page++) {
            String target = target(search.selector(), size, next);
            var answer = retries.run(() -> server.list(target, MAX_ANSWER, what()));
            if (answer instanceof Invalid<?> && size > 1) {
                // Most likely too large; a page of one tells.
                size = size / 2;
                continue;
            }
            if (!(answer instanceof Found<JsonObject>(JsonObject body))) {
                return answer.withoutValue();
            }
            Optional<ReadOutcome<Map<String, SecretValue>>> failed = search.take(body, what());
            if (failed.isPresent()) {
                return failed.get();
            }
            next = body.object("metadata").text("continue");
            if (next.isEmpty()) {
                return new Found<>(search.found());
            }
        }
        return new Invalid<>(what() + " are too many to search");
    }

    private String what() {
        return "the list of Secrets in namespace '%s'".formatted(namespace);
    }

    private String target(String selector, int size, String next) {
        return "/api/v1/namespaces/%s/secrets?limit=%d%s%s"
                .formatted(
                        namespace,
                        size,
                        selector.isEmpty() ? "" : "&labelSelector=" + encoded(selector),
                        next.isEmpty() ? "" : "&continue=" + encoded(next));
    }

    private static String selector(Map<String, String> tags) {
        return new TreeMap<>(tags)
                .entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining(","));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What is looked for, and what was found so far. */
    private record Search(
            Pattern name, String selector, AnswerRoom room, Map<String, SecretValue> found) {

        Search(Pattern name, String selector) {
            this(name, selector, new AnswerRoom(), new TreeMap<>());
        }

        /** Takes what matches from a page; present where that failed. */
        Optional<ReadOutcome<Map<String, SecretValue>>> take(JsonObject page, String what) {
            if (!page.text("kind").equals("SecretList")) {
                return Optional.of(new Unavailable<>(what + " is not what the server sent"));
            }
            for (Object item : page.list("items")) {
                Optional<SecretObject> secret = SecretObject.of(item);
                if (secret.isEmpty()) {
                    return Optional.of(
                            new Unavailable<>(what + " holds something else than Secrets"));
                }
                if (name.matcher(secret.get().name()).find()) {
                    SecretValue value = SecretParts.whole(secret.get());
                    if (!(room.keep(new Found<>(value), List.of(value)) instanceof Found<?>)) {
                        return Optional.of(new Invalid<>(what + " matches more than can be held"));
                    }
                    found.put(secret.get().name(), value);
                }
            }
            return Optional.empty();
        }
    }
}

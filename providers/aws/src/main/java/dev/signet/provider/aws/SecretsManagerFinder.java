package dev.signet.provider.aws;

import com.google.re2j.Pattern;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.SecretValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;

/**
 * Finds secrets by name, path and tags: pages of the list first, then the values together. The
 * service's filters narrow the list; what matches is decided here, as its tag filters do not keep a
 * key and its value together.
 */
final class SecretsManagerFinder {

    private static final int PAGE = 100;
    private static final int MAX_FILTERS = 10;

    private final SecretsManagerClient client;
    private final Caller caller;
    private final Together<SecretValue> together;

    SecretsManagerFinder(
            SecretsManagerClient client, Caller caller, Together<SecretValue> together) {
        this.client = client;
        this.caller = caller;
        this.together = together;
    }

    ReadOutcome<Map<String, SecretValue>> find(FindQuery query, Pattern name)
            throws InterruptedException {
        return switch (names(query, name)) {
            case ReadOutcome.Found<List<String>>(List<String> names) -> values(names);
            case ReadOutcome<List<String>> failed -> failed.withoutValue();
        };
    }

    private ReadOutcome<Map<String, SecretValue>> values(List<String> names)
            throws InterruptedException {
        Map<String, CompletableFuture<ReadOutcome<SecretValue>>> running = new LinkedHashMap<>();
        names.forEach(one -> running.put(one, together.ask(one)));
        return FoundValues.of(Lanes.awaited(running));
    }

    private ReadOutcome<List<String>> names(FindQuery query, Pattern name)
            throws InterruptedException {
        List<Filter> filters = filters(query);
        List<String> names = new ArrayList<>();
        Pages pages = new Pages();
        String token = null;
        do {
            String next = token;
            var answer =
                    caller.call(
                            Operation.LIST_SECRETS,
                            "the list of secrets",
                            credentials ->
                                    client.listSecrets(request ->
                                            request.filters(filters)
                                                    .maxResults(PAGE)
                                                    .nextToken(next)
                                                    .overrideConfiguration(c ->
                                                            c.credentialsProvider(credentials))));
            if (!(answer instanceof ReadOutcome.Found<ListSecretsResponse>(var page))) {
                return Pages.failed(answer);
            }
            for (SecretListEntry entry : page.secretList()) {
                String found = entry.name();
                if (found != null && matches(entry, found, query, name)) {
                    names.add(found);
                }
            }
            token = pages.next(page.nextToken(), page.secretList().size());
            if (pages.areTooMany()) {
                return Pages.tooMany();
            }
        } while (token != null);
        return new ReadOutcome.Found<>(names);
    }

    private static boolean matches(
            SecretListEntry entry, String found, FindQuery query, Pattern name) {
        if (entry.deletedDate() != null
                || !found.startsWith(query.path())
                || !name.matcher(found).find()) {
            return false;
        }
        Map<String, @Nullable String> tags = new HashMap<>();
        entry.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
        return query.tags().entrySet().stream()
                .allMatch(tag -> tag.getValue().equals(tags.get(tag.getKey())));
    }

    private static List<Filter> filters(FindQuery query) {
        List<Filter> filters = new ArrayList<>();
        if (!query.path().isEmpty()) {
            filters.add(filter(FilterNameStringType.NAME, query.path()));
        }
        query.tags()
                .forEach((key, value) -> {
                    if (filters.size() + 2 <= MAX_FILTERS && !key.startsWith("!")) {
                        filters.add(filter(FilterNameStringType.TAG_KEY, key));
                        if (!value.isEmpty() && !value.startsWith("!")) {
                            filters.add(filter(FilterNameStringType.TAG_VALUE, value));
                        }
                    }
                });
        return filters;
    }

    private static Filter filter(FilterNameStringType key, String value) {
        return Filter.builder().key(key).values(value).build();
    }
}

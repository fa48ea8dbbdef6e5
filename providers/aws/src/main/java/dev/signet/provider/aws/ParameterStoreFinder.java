package dev.signet.provider.aws;

import com.google.re2j.Pattern;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.SecretValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;

/**
 * Finds parameters. By name alone: page by page with their values, where that is allowed. By tags,
 * or where it is not: the list of descriptions, and then the values together.
 */
final class ParameterStoreFinder {

    private static final int VALUES_PAGE = 10;
    private static final int LIST_PAGE = 50;

    private final SsmClient client;
    private final Caller caller;
    private final Together<SecretValue> together;

    ParameterStoreFinder(SsmClient client, Caller caller, Together<SecretValue> together) {
        this.client = client;
        this.caller = caller;
        this.together = together;
    }

    ReadOutcome<Map<String, SecretValue>> find(FindQuery query, Pattern name)
            throws InterruptedException {
        if (query.tags().isEmpty()) {
            ReadOutcome<Map<String, SecretValue>> found = byPath(query, name);
            if (!(found instanceof ReadOutcome.Denied<Map<String, SecretValue>>)) {
                return found;
            }
        }
        return switch (described(query, name)) {
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

    private ReadOutcome<Map<String, SecretValue>> byPath(FindQuery query, Pattern name)
            throws InterruptedException {
        Map<String, ReadOutcome<SecretValue>> values = new LinkedHashMap<>();
        String path = query.path().isEmpty() ? "/" : query.path();
        Pages pages = new Pages();
        String token = null;
        do {
            String next = token;
            var answer =
                    caller.call(
                            Operation.GET_PARAMETERS_BY_PATH,
                            "the parameters below '" + path + "'",
                            credentials ->
                                    client.getParametersByPath(request ->
                                            request.path(path)
                                                    .recursive(true)
                                                    .withDecryption(true)
                                                    .maxResults(VALUES_PAGE)
                                                    .nextToken(next)
                                                    .overrideConfiguration(c ->
                                                            c.credentialsProvider(credentials))));
            if (!(answer instanceof ReadOutcome.Found<GetParametersByPathResponse>(var page))) {
                return Pages.failed(answer);
            }
            for (Parameter parameter : page.parameters()) {
                String found = parameter.name();
                if (found != null && name.matcher(found).find()) {
                    values.put(found, ParameterStore.content(parameter, found));
                }
            }
            token = pages.next(page.nextToken(), page.parameters().size());
            if (pages.areTooMany()) {
                return Pages.tooMany();
            }
        } while (token != null);
        return FoundValues.of(values);
    }

    private ReadOutcome<List<String>> described(FindQuery query, Pattern name)
            throws InterruptedException {
        List<ParameterStringFilter> filters = filters(query);
        List<String> names = new ArrayList<>();
        Pages pages = new Pages();
        String token = null;
        do {
            String next = token;
            var answer =
                    caller.call(
                            Operation.DESCRIBE_PARAMETERS,
                            "the list of parameters",
                            credentials ->
                                    client.describeParameters(request ->
                                            request.parameterFilters(filters)
                                                    .maxResults(LIST_PAGE)
                                                    .nextToken(next)
                                                    .overrideConfiguration(c ->
                                                            c.credentialsProvider(credentials))));
            if (!(answer instanceof ReadOutcome.Found<DescribeParametersResponse>(var page))) {
                return Pages.failed(answer);
            }
            page.parameters().stream()
                    .map(description -> description.name())
                    .filter(found -> found != null && name.matcher(found).find())
                    .forEach(names::add);
            token = pages.next(page.nextToken(), page.parameters().size());
            if (pages.areTooMany()) {
                return Pages.tooMany();
            }
        } while (token != null);
        return new ReadOutcome.Found<>(names);
    }

    private static List<ParameterStringFilter> filters(FindQuery query) {
        List<ParameterStringFilter> filters = new ArrayList<>();
        query.tags().forEach((key, value) -> filters.add(filter("tag:" + key, "Equals", value)));
        if (!query.path().isEmpty() && !query.path().equals("/")) {
            filters.add(filter("Path", "Recursive", query.path()));
        }
        return filters;
    }

    private static ParameterStringFilter filter(String key, String option, String value) {
        return ParameterStringFilter.builder().key(key).option(option).values(value).build();
    }
}

package dev.signet.provider.aws;

import com.google.re2j.Pattern;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;

/**
 * Systems Manager Parameter Store. Current values are read together, 10 a call; all else one by
 * one.
 */
final class ParameterStore implements Backend {

    private static final int BATCH = 10;
    private static final int LONGEST_ID = 2048;

    /** One name outside of these would have the service refuse a whole batch. */
    private static final java.util.regex.Pattern PLAIN =
            java.util.regex.Pattern.compile("[A-Za-z0-9/_.-]{1,1011}");

    private final SsmClient client;
    private final Caller caller;
    private final Lanes lanes;
    private final BatchPermission permission;
    private final Together<SecretValue> together;
    private final String prefix;
    private final ParameterStoreFinder finder;

    ParameterStore(
            Wire wire, Caller caller, Lanes lanes, BatchPermission permission, String prefix) {
        this.client = wire.client(Service.PARAMETER_STORE, SsmClient.builder());
        this.caller = caller;
        this.lanes = lanes;
        this.permission = permission;
        this.prefix = prefix;
        this.together = new Together<>(BATCH, this::current);
        this.finder = new ParameterStoreFinder(client, caller, together);
    }

    @Override
    public ReadOutcome<Source> source(RemoteRef ref) {
        String id = ref.key().startsWith("arn:") ? ref.key() : prefix + ref.key();
        if (id.isEmpty() || id.length() > LONGEST_ID) {
            return new ReadOutcome.Invalid<>(
                    id.isEmpty()
                            ? "the key is empty"
                            : "the key is longer than %d characters".formatted(LONGEST_ID));
        }
        // Tags are those of all versions.
        return new ReadOutcome.Found<>(
                new Source(id, ref.metadata() ? "" : ref.version(), ref.metadata()));
    }

    @Override
    public CompletableFuture<ReadOutcome<SecretValue>> read(Source source) {
        if (source.metadata()) {
            return lanes.start(() -> tags(source.id()));
        }
        boolean current = source.version().isEmpty();
        return current && PLAIN.matcher(source.id()).matches()
                ? together.ask(source.id())
                : lanes.start(
                        () -> value(current ? source.id() : source.id() + ":" + source.version()));
    }

    @Override
    public ReadOutcome<Map<String, SecretValue>> find(FindQuery query, Pattern name)
            throws InterruptedException {
        return finder.find(query, name);
    }

    /**
     * One value.
     *
     * @param id name or ARN, with a colon and a version or label behind it where one is asked for
     */
    private ReadOutcome<SecretValue> value(String id) throws InterruptedException {
        return Outcomes.then(
                caller.call(
                        Operation.GET_PARAMETER,
                        parameter(id),
                        credentials ->
                                client.getParameter(request ->
                                        request.name(id)
                                                .withDecryption(true)
                                                .overrideConfiguration(
                                                        c -> c.credentialsProvider(credentials)))),
                found -> content(found.parameter(), id));
    }

    private ReadOutcome<SecretValue> tags(String id) throws InterruptedException {
        return Outcomes.then(
                caller.call(
                        Operation.LIST_TAGS,
                        "tags of " + parameter(id),
                        credentials ->
                                client.listTagsForResource(request ->
                                        request.resourceType(ResourceTypeForTagging.PARAMETER)
                                                .resourceId(id)
                                                .overrideConfiguration(
                                                        c -> c.credentialsProvider(credentials)))),
                found -> {
                    Map<String, String> tags = new LinkedHashMap<>();
                    found.tagList().forEach(tag -> tags.put(tag.key(), tag.value()));
                    return new ReadOutcome.Found<>(Values.tags(tags));
                });
    }

    /** The current values of these parameters, in one call where that is allowed. */
    private Map<String, ReadOutcome<SecretValue>> current(List<String> ids)
            throws InterruptedException {
        if (ids.size() == 1 || !permission.isGiven()) {
            return lanes.all(ids, this::value);
        }
        var answer =
                caller.call(
                        Operation.GET_PARAMETERS,
                        "%d parameters".formatted(ids.size()),
                        credentials ->
                                client.getParameters(request ->
                                        request.names(ids)
                                                .withDecryption(true)
                                                .overrideConfiguration(
                                                        c -> c.credentialsProvider(credentials))));
        return switch (answer) {
            case ReadOutcome.Found<GetParametersResponse>(var found) -> sorted(ids, found);
            case ReadOutcome.Unavailable<GetParametersResponse> down -> {
                Map<String, ReadOutcome<SecretValue>> none = new LinkedHashMap<>();
                ids.forEach(id -> none.put(id, down.withoutValue()));
                yield none;
            }
            case ReadOutcome.Denied<GetParametersResponse> denied -> afterDenial(ids);
            // One of them may be what the service cannot make sense of, or decrypt.
            case ReadOutcome<GetParametersResponse> other -> lanes.all(ids, this::value);
        };
    }

    /**
     * One by one. The service denies a whole call for one parameter that is denied; that it was the
     * call itself is certain where each of them alone is not.
     */
    private Map<String, ReadOutcome<SecretValue>> afterDenial(List<String> ids)
            throws InterruptedException {
        Map<String, ReadOutcome<SecretValue>> outcomes = lanes.all(ids, this::value);
        boolean callItself =
                outcomes.values().stream()
                        .noneMatch(outcome -> outcome instanceof ReadOutcome.Denied<SecretValue>);
        permission.refused(callItself);
        return outcomes;
    }

    /** The service does not say why it has no value for a name; asked for it alone, it does. */
    private Map<String, ReadOutcome<SecretValue>> sorted(
            List<String> ids, GetParametersResponse answer) throws InterruptedException {
        Map<String, ReadOutcome<SecretValue>> outcomes = new LinkedHashMap<>();
        List<String> open = new ArrayList<>();
        for (String id : ids) {
            Optional<Parameter> found =
                    answer.parameters().stream()
                            .filter(parameter -> id.equals(parameter.name()))
                            .findFirst();
            if (found.isPresent()) {
                outcomes.put(id, content(found.get(), id));
            } else {
                open.add(id);
            }
        }
        outcomes.putAll(lanes.all(open, this::value));
        return outcomes;
    }

    static ReadOutcome<SecretValue> content(@Nullable Parameter parameter, String id) {
        return parameter == null || parameter.value() == null
                ? new ReadOutcome.Invalid<>(parameter(id) + " holds no value")
                : new ReadOutcome.Found<>(SecretValue.ofUtf8(parameter.value()));
    }

    private static String parameter(String id) {
        return "parameter '" + id + "'";
    }
}

package dev.signet.provider.aws;

import com.google.re2j.Pattern;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretValue;
import dev.signet.provider.aws.Reply.ServiceError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;

/** AWS Secrets Manager. Current values are read together, 20 a call; all else one by one. */
final class SecretsManager implements Backend {

    private static final int BATCH = 20;
    private static final int LONGEST_ID = 2048;
    private static final String CURRENT = "AWSCURRENT";
    private static final String BY_ID = "uuid/";

    /** One identifier outside of these would have the service refuse a whole batch. */
    private static final java.util.regex.Pattern PLAIN =
            java.util.regex.Pattern.compile("[A-Za-z0-9/_+=.@!:-]{1,512}");

    private static final int ARN_SUFFIX = 7;

    private final SecretsManagerClient client;
    private final Caller caller;
    private final Lanes lanes;
    private final BatchPermission permission;
    private final Together<SecretValue> together;
    private final String prefix;
    private final SecretsManagerFinder finder;

    SecretsManager(
            Wire wire, Caller caller, Lanes lanes, BatchPermission permission, String prefix) {
        this.client = wire.client(Service.SECRETS_MANAGER, SecretsManagerClient.builder());
        this.caller = caller;
        this.lanes = lanes;
        this.permission = permission;
        this.prefix = prefix;
        this.together = new Together<>(BATCH, this::current);
        this.finder = new SecretsManagerFinder(client, caller, together);
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
        boolean current = source.version().isEmpty() || source.version().equals(CURRENT);
        return current && PLAIN.matcher(source.id()).matches()
                ? together.ask(source.id())
                : lanes.start(() -> value(source.id(), source.version()));
    }

    @Override
    public ReadOutcome<Map<String, SecretValue>> find(FindQuery query, Pattern name)
            throws InterruptedException {
        return finder.find(query, name);
    }

    private ReadOutcome<SecretValue> value(String id, String version) throws InterruptedException {
        String what =
                version.isEmpty()
                        ? secret(id)
                        : "%s in version '%s'".formatted(secret(id), version);
        return Outcomes.then(
                caller.call(
                        Operation.GET_SECRET_VALUE,
                        what,
                        credentials ->
                                client.getSecretValue(request -> {
                                    request.secretId(id)
                                            .overrideConfiguration(
                                                    c -> c.credentialsProvider(credentials));
                                    if (version.startsWith(BY_ID)) {
                                        request.versionId(version.substring(BY_ID.length()));
                                    } else {
                                        request.versionStage(version.isEmpty() ? CURRENT : version);
                                    }
                                })),
                found -> content(found.secretString(), found.secretBinary(), what));
    }

    private ReadOutcome<SecretValue> tags(String id) throws InterruptedException {
        String what = "tags of " + secret(id);
        return Outcomes.then(
                caller.call(
                        Operation.DESCRIBE_SECRET,
                        what,
                        credentials ->
                                client.describeSecret(request ->
                                        request.secretId(id)
                                                .overrideConfiguration(
                                                        c -> c.credentialsProvider(credentials)))),
                found -> {
                    if (found.deletedDate() != null) {
                        return new ReadOutcome.Missing<>(what);
                    }
                    Map<String, String> tags = new LinkedHashMap<>();
                    found.tags().forEach(tag -> tags.put(tag.key(), tag.value()));
                    return new ReadOutcome.Found<>(Values.tags(tags));
                });
    }

    /** The current values of these secrets, in one call where that is allowed. */
    private Map<String, ReadOutcome<SecretValue>> current(List<String> ids)
            throws InterruptedException {
        if (ids.size() == 1 || !permission.isGiven()) {
            return singly(ids);
        }
        var answer =
                caller.call(
                        Operation.BATCH_GET_SECRET_VALUE,
                        "%d secrets".formatted(ids.size()),
                        credentials ->
                                client.batchGetSecretValue(request ->
                                        request.secretIdList(ids)
                                                .overrideConfiguration(
                                                        c -> c.credentialsProvider(credentials))));
        return switch (answer) {
            case ReadOutcome.Found<BatchGetSecretValueResponse>(var found) -> sorted(ids, found);
            case ReadOutcome.Unavailable<BatchGetSecretValueResponse> down -> {
                Map<String, ReadOutcome<SecretValue>> none = new LinkedHashMap<>();
                ids.forEach(id -> none.put(id, down.withoutValue()));
                yield none;
            }
            case ReadOutcome.Denied<BatchGetSecretValueResponse> denied -> {
                permission.refused();
                yield singly(ids);
            }
            // One of them may be what the service cannot make sense of.
            case ReadOutcome<BatchGetSecretValueResponse> other -> singly(ids);
        };
    }

    private Map<String, ReadOutcome<SecretValue>> singly(List<String> ids)
            throws InterruptedException {
        return lanes.all(ids, id -> value(id, ""));
    }

    /** Whose answer is whose; what the batch says nothing of is asked for alone. */
    private Map<String, ReadOutcome<SecretValue>> sorted(
            List<String> ids, BatchGetSecretValueResponse answer) throws InterruptedException {
        Map<String, ReadOutcome<SecretValue>> outcomes = new LinkedHashMap<>();
        Set<String> open = new LinkedHashSet<>(ids);
        for (String id : ids) {
            find(id, answer)
                    .ifPresent(outcome -> {
                        outcomes.put(id, outcome);
                        open.remove(id);
                    });
        }
        outcomes.putAll(singly(new ArrayList<>(open)));
        return outcomes;
    }

    private Optional<ReadOutcome<SecretValue>> find(String id, BatchGetSecretValueResponse answer) {
        for (SecretValueEntry entry : answer.secretValues()) {
            if (isOf(id, entry.name(), entry.arn())) {
                return Optional.of(content(entry.secretString(), entry.secretBinary(), secret(id)));
            }
        }
        for (APIErrorType error : answer.errors()) {
            if (id.equals(error.secretId())) {
                return Optional.of(
                        caller.rules()
                                .outcome(
                                        ServiceError.of(
                                                error.errorCode(),
                                                400,
                                                error.message(),
                                                Optional.empty()),
                                        Operation.GET_SECRET_VALUE,
                                        secret(id)));
            }
        }
        return Optional.empty();
    }

    /** An ARN may be given without the dash and six characters that the service adds to it. */
    static boolean isOf(String id, @Nullable String name, @Nullable String arn) {
        return id.equals(name)
                || id.equals(arn)
                || (arn != null
                        && id.startsWith("arn:")
                        && arn.length() == id.length() + ARN_SUFFIX
                        && arn.startsWith(id + "-"));
    }

    private static ReadOutcome<SecretValue> content(
            @Nullable String text, @Nullable SdkBytes binary, String what) {
        if (binary != null) {
            return new ReadOutcome.Found<>(SecretValue.of(binary.asByteArray()));
        }
        return text == null
                ? new ReadOutcome.Invalid<>(what + " holds neither text nor bytes")
                : new ReadOutcome.Found<>(SecretValue.ofUtf8(text));
    }

    private static String secret(String id) {
        return "secret '" + id + "'";
    }
}

package dev.signet.provider.vault;

import dev.signet.api.store.VaultProvider;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.StoreContext;
import dev.signet.provider.vault.VaultCalls.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The calls to a KV engine: a secret's data, its metadata, the entries of a folder. */
final class KvReader {

    private static final List<String> SYSTEM_METADATA =
            List.of("created_time", "current_version", "delete_version_after");

    private final VaultConnection connection;
    private final VaultSession session;
    private final KvVersion version;
    private final String namespace;
    private final StatusRules rules;
    private final VaultCalls calls;
    private final Retries retries;

    KvReader(
            VaultProvider spec,
            StoreContext context,
            VaultConnection connection,
            VaultSession session) {
        this.connection = connection;
        this.session = session;
        this.version = KvVersion.of(spec.version());
        this.namespace = spec.namespace();
        this.rules = new StatusRules(connection.server());
        this.calls = new VaultCalls(context.calls());
        this.retries = new Retries(context.retry());
    }

    /** The content of a secret: in {@code secretVersion}, or the newest where that is empty. */
    ReadOutcome<JsonObject> data(KvLocation at, String secretVersion) throws InterruptedException {
        boolean newest = secretVersion.isEmpty();
        String what = "secret " + at + (newest ? "" : " in version " + secretVersion);
        String path =
                newest
                        ? at.dataPath(version)
                        : at.dataPath(version)
                                + "?version="
                                + URLEncoder.encode(secretVersion, StandardCharsets.UTF_8);
        return Outcomes.then(call(Call.READ_SECRET_DATA, path, what), body -> content(body, what));
    }

    /** The custom metadata of a KV v2 secret, and three entries that Vault keeps itself. */
    ReadOutcome<JsonObject> metadata(KvLocation at) throws InterruptedException {
        String what = "metadata of secret " + at;
        return Outcomes.then(
                call(Call.READ_SECRET_DATA, at.metadataPath(version), what),
                body -> {
                    var data = body.object("data");
                    return data == null
                            ? new ReadOutcome.Invalid<>(what + " is not what KV v2 answers")
                            : new ReadOutcome.Found<>(metadata(data));
                });
    }

    /** The names in a folder; those of folders end in a slash. */
    ReadOutcome<List<String>> list(KvLocation folder) throws InterruptedException {
        return Outcomes.then(
                call(
                        Call.LIST_SECRETS,
                        folder.metadataPath(version) + "/?list=true",
                        "folder " + folder),
                body -> entries(body, folder));
    }

    /** What is wrong with the store's mount, as far as this identity is allowed to know. */
    Optional<String> mountProblem(KvLocation mount) throws InterruptedException {
        var outcome =
                call(
                        Call.READ_MOUNT,
                        "sys/internal/ui/mounts/" + mount.metadataPath(KvVersion.V1),
                        "mount " + mount);
        if (!(outcome instanceof ReadOutcome.Found<JsonObject>(var body))) {
            return Optional.empty();
        }
        var data = body.object("data");
        if (data == null || !(data.get("type") instanceof String type)) {
            return Optional.empty();
        }
        if (!type.equals("kv") && !type.equals("generic")) {
            return Optional.of(
                    "'%s' in Vault at %s is no KV engine".formatted(mount, connection.server()));
        }
        var options = data.object("options");
        KvVersion actual =
                options != null && "2".equals(options.get("version")) ? KvVersion.V2 : KvVersion.V1;
        return actual == version
                ? Optional.empty()
                : Optional.of(
                        "'%s' in Vault at %s is a KV engine of version %s: set spec.provider.vault.version to it"
                                .formatted(
                                        mount,
                                        connection.server(),
                                        actual == KvVersion.V2 ? "v2" : "v1"));
    }

    /** Taking any other answer for an empty folder would have its secrets taken for deleted. */
    private ReadOutcome<List<String>> entries(JsonObject body, KvLocation folder) {
        var data = body.object("data");
        if (data == null || !(data.get("keys") instanceof List<?> keys)) {
            return notAList(folder);
        }
        List<String> names = data.strings("keys");
        return names.size() == keys.size() ? new ReadOutcome.Found<>(names) : notAList(folder);
    }

    private ReadOutcome<List<String>> notAList(KvLocation folder) {
        return new ReadOutcome.Invalid<>(
                "Vault at %s answered without a list of keys for folder %s"
                        .formatted(connection.server(), folder));
    }

    private ReadOutcome<JsonObject> content(JsonObject body, String what) {
        var data = body.object("data");
        if (version == KvVersion.V2 && data != null) {
            if (data.has("data") && data.get("data") == null) {
                return new ReadOutcome.Missing<>(what);
            }
            data = data.object("data");
        }
        return data == null
                ? new ReadOutcome.Invalid<>(
                        "%s is not what a KV engine of version %s answers"
                                .formatted(what, version == KvVersion.V2 ? "v2" : "v1"))
                : new ReadOutcome.Found<>(data);
    }

    private static JsonObject metadata(JsonObject data) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
        for (String key : SYSTEM_METADATA) {
            if (data.get(key) != null) {
                metadata.put(key, String.valueOf(data.get(key)));
            }
        }
        var custom = data.object("custom_metadata");
        if (custom != null) {
            custom.fields().forEach((key, value) -> metadata.put(key, String.valueOf(value)));
        }
        return new JsonObject(metadata);
    }

    private ReadOutcome<JsonObject> call(Call call, String path, String what)
            throws InterruptedException {
        return retries.run(() -> once(call, path, what));
    }

    private ReadOutcome<JsonObject> once(Call call, String path, String what)
            throws InterruptedException {
        ReadOutcome<Held> token = session.token();
        if (!(token instanceof ReadOutcome.Found<Held>(Held held))) {
            return token.withoutValue();
        }
        var outcome = get(call, path, what, held);
        if (!(outcome instanceof ReadOutcome.Denied<?>)) {
            return outcome;
        }
        ReadOutcome<Held> answer = session.afterRefusal(held);
        if (!(answer instanceof ReadOutcome.Found<Held>(Held other))) {
            return answer.withoutValue();
        }
        if (other.generation() == held.generation()) {
            return outcome;
        }
        var repeated = get(call, path, what, other);
        if (repeated instanceof ReadOutcome.Denied<?>) {
            session.refusedAgain();
        }
        return repeated;
    }

    private ReadOutcome<JsonObject> get(Call call, String path, String what, Held held)
            throws InterruptedException {
        Reply reply =
                call == Call.LIST_SECRETS
                        ? connection.list(path, namespace, held.token())
                        : connection.get(path, namespace, held.token());
        var outcome = rules.read(reply, what);
        calls.ended(call, outcome);
        return outcome;
    }
}

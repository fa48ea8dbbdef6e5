package dev.signet.cli.seal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.cli.manifest.Manifest;
import dev.signet.cli.manifest.ManifestException;
import dev.signet.cli.manifest.ManifestReader;
import dev.signet.cli.manifest.Manifests;
import dev.signet.cli.manifest.SealedManifest;
import dev.signet.cli.manifest.SecretMetadata;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.Opened;
import dev.signet.sealed.Opener;
import dev.signet.sealed.SealedItems;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** Opens a sealed Secret with keys in files, when the cluster is gone. */
final class Recovery {

    private static final String SKIP_OWNER = "sealedsecrets.bitnami.com/skip-set-owner-references";

    private final SealContext context;
    private final FlagValues flags;

    Recovery(SealContext context, FlagValues flags) {
        this.context = context;
        this.flags = flags;
    }

    void unseal(byte[] input, SealOutput output)
            throws SealException, ManifestException, InterruptedException {
        KeyRing keys = RecoveryKeys.read(flags.all(SealFlags.RECOVERY_KEY), context);
        SealedManifest sealed = SealedManifest.of(first(input));
        JsonNode spec = sealed.tree().path("spec");
        if (!spec.path("data").asText("").isEmpty()) {
            throw new SealException(
                    "using deprecated 'data' field, use 'encryptedData' or flip the feature flag");
        }
        for (JsonNode template : sealed.template().path("data")) {
            if (!template.isNull()) {
                throw new SealException(
                        "spec.template.data is not supported yet: take it out of the manifest to print the sealed values alone");
            }
        }
        output.add(secret(sealed, open(sealed, keys)));
        output.finish();
    }

    private Manifest first(byte[] input) throws SealException {
        Manifests read = ManifestReader.read(input);
        if (read.documents().isEmpty()) {
            throw new SealException(
                    "no sealed secret found. Ensure the input is valid and UTF-8 encoded");
        }
        if (read.documents().size() > 1) {
            context.err()
                    .println(
                            "warning: --recovery-unseal opens the first document of the input alone");
        }
        return read.documents().getFirst();
    }

    private static Map<String, SecretValue> open(SealedManifest sealed, KeyRing keys)
            throws SealException, InterruptedException {
        Map<String, String> items = new TreeMap<>();
        sealed.items()
                .properties()
                .forEach(item -> items.put(item.getKey(), item.getValue().asText()));
        try (Opener opener = new Opener()) {
            Opened opened =
                    opener.open(
                            new SealedItems(
                                    sealed.namespace(), sealed.name(), sealed.scope(), items),
                            keys);
            return switch (opened) {
                case Opened.Values values -> values.values();
                case Opened.Unopened unopened -> throw new SealException(unopened.message());
            };
        }
    }

    private static JsonNode secret(SealedManifest sealed, Map<String, SecretValue> values)
            throws ManifestException {
        ObjectNode secret = JsonNodeFactory.instance.objectNode();
        secret.put("kind", "Secret").put("apiVersion", "v1");
        secret.set("metadata", metadata(sealed));
        JsonNode template = sealed.template();
        if (template.has("immutable")) {
            secret.set("immutable", template.get("immutable"));
        }
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(values)
                .forEach((key, value) ->
                        data.put(key, Base64.getEncoder().encodeToString(value.bytes())));
        template.path("data").fieldNames().forEachRemaining(data::remove);
        values.values().forEach(SecretValue::wipe);
        if (!data.isEmpty()) {
            secret.set("data", data);
        }
        if (template.has("type")) {
            secret.set("type", template.get("type"));
        }
        return secret;
    }

    private static JsonNode metadata(SealedManifest sealed) throws ManifestException {
        ObjectNode metadata =
                sealed.template().path("metadata") instanceof ObjectNode object
                        ? object.deepCopy()
                        : JsonNodeFactory.instance.objectNode();
        metadata.put("name", sealed.name()).put("namespace", sealed.namespace());
        String skip = metadata.path("annotations").path(SKIP_OWNER).asText("");
        if (!skip.equals("true")) {
            metadata.putArray("ownerReferences")
                    .addObject()
                    .put("apiVersion", SealedManifest.API_VERSION)
                    .put("kind", "SealedSecret")
                    .put("name", sealed.name())
                    .put("uid", sealed.tree().path("metadata").path("uid").asText(""))
                    .put("controller", true);
        }
        return SecretMetadata.inOrder(metadata);
    }
}

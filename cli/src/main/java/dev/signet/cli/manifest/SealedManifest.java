package dev.signet.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.sealed.Scope;
import java.util.Map;
import java.util.TreeMap;

/**
 * A SealedSecret as a manifest tells it.
 *
 * @param tree its fields in the order in which they are written; a tree of the manifest's own
 */
public record SealedManifest(ObjectNode tree) {

    /** As kubeseal writes it. */
    public static final String API_VERSION = "bitnami.com/v1alpha1";

    private static final String KIND = "SealedSecret";

    /**
     * Reads one.
     *
     * @throws ManifestException where it is none, or a field is of the wrong type
     */
    public static SealedManifest of(Manifest manifest) throws ManifestException {
        if (!manifest.tree().isObject()) {
            throw new ManifestException("the manifest is no object, but should be a " + KIND);
        }
        if (manifest.kind().isEmpty()) {
            throw new ManifestException("Object 'Kind' is missing; it should be " + KIND);
        }
        if (!manifest.kind().equals(KIND) || !manifest.apiVersion().startsWith("bitnami.com/")) {
            throw new ManifestException(
                    "no kind %s is known in version %s; a %s of %s is wanted"
                            .formatted(
                                    GoText.quoted(manifest.kind()),
                                    GoText.quoted(manifest.apiVersion()),
                                    KIND,
                                    API_VERSION));
        }
        return lenient(manifest);
    }

    /**
     * Reads one without looking at its kind, as kubeseal does where the controller will.
     *
     * @throws ManifestException where a field is of the wrong type
     */
    public static SealedManifest lenient(Manifest manifest) throws ManifestException {
        JsonNode tree = Shapes.SEALED.fit(manifest.tree(), KIND).orElseThrow();
        return new SealedManifest((ObjectNode) tree);
    }

    /** The same, with kind and version told first, whatever was told before. */
    public SealedManifest typed() {
        ObjectNode typed = tree.objectNode();
        typed.put("kind", KIND).put("apiVersion", API_VERSION);
        tree.properties().stream()
                .filter(field -> !typed.has(field.getKey()))
                .forEach(field -> typed.set(field.getKey(), field.getValue()));
        return new SealedManifest(typed);
    }

    /** Its name; empty for none. */
    public String name() {
        return tree.path("metadata").path("name").asText("");
    }

    /** Its namespace; empty for none. */
    public String namespace() {
        return tree.path("metadata").path("namespace").asText("");
    }

    /** What its values are bound to. */
    public Scope scope() {
        return Scope.of(annotations(tree));
    }

    /** The sealed values by key; changes go through to the tree. */
    public ObjectNode items() {
        return tree.withObjectProperty("spec").withObjectProperty("encryptedData");
    }

    /** How the Secret will look; changes go through to the tree. */
    public ObjectNode template() {
        return tree.withObjectProperty("spec").withObjectProperty("template");
    }

    private static Map<String, String> annotations(JsonNode object) {
        Map<String, String> annotations = new TreeMap<>();
        object.path("metadata")
                .path("annotations")
                .properties()
                .forEach(entry -> annotations.put(entry.getKey(), entry.getValue().asText()));
        return annotations;
    }
}

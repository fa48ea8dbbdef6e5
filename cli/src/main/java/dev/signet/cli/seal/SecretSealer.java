package dev.signet.cli.seal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.cli.manifest.SealedManifest;
import dev.signet.cli.manifest.SecretManifest;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.Scope;
import dev.signet.sealed.SealingCertificate;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.BiFunction;

/** Makes a SealedSecret of a Secret, as kubeseal does. Touches nothing but its arguments. */
public final class SecretSealer {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String ANNOTATIONS = "annotations";
    private static final String NAMESPACE = "namespace";

    /** What only the API server sets. */
    private static final List<String> OF_THE_SERVER =
            List.of(
                    "selfLink",
                    "uid",
                    "resourceVersion",
                    "generation",
                    "creationTimestamp",
                    "deletionTimestamp",
                    "deletionGracePeriodSeconds",
                    "ownerReferences");

    /** Annotations that hold a copy of the Secret, with its values. */
    private static final List<String> COPIES =
            List.of(
                    "kubectl.kubernetes.io/last-applied-configuration",
                    "kubecfg.ksonnet.io/last-applied-configuration");

    private final SealingCertificate certificate;
    private final SecureRandom random;

    /** A sealer for whoever has the key of the certificate. */
    public SecretSealer(SealingCertificate certificate, SecureRandom random) {
        this.certificate = certificate;
        this.random = random;
    }

    /**
     * One value, as it is written in a manifest.
     *
     * @param namespace not looked at where the scope is the cluster
     * @param name looked at in strict scope alone
     */
    public String seal(SecretValue value, Scope scope, String namespace, String name) {
        return certificate.seal(value, scope.label(namespace, name), random);
    }

    /**
     * The SealedSecret. Name, namespace and the annotations of the Secret tell what its values are
     * bound to; all the metadata that is not the API server's own goes into the template.
     */
    public SealedManifest seal(SecretManifest secret) {
        Scope scope = Scope.of(secret.annotations());
        return assemble(
                secret, (key, value) -> seal(value, scope, secret.namespace(), secret.name()));
    }

    /**
     * The SealedSecret of values that are sealed otherwise, or were before.
     *
     * @param items gives a value's ciphertext, by its key and itself
     */
    public static SealedManifest assemble(
            SecretManifest secret, BiFunction<String, SecretValue, String> items) {
        Scope scope = Scope.of(secret.annotations());
        ObjectNode tree = NODES.objectNode();
        tree.put("kind", "SealedSecret").put("apiVersion", SealedManifest.API_VERSION);
        ObjectNode metadata = tree.putObject("metadata");
        putText(metadata, "name", secret.name());
        putText(metadata, NAMESPACE, secret.namespace());
        if (scope != Scope.STRICT) {
            ObjectNode annotations = metadata.putObject(ANNOTATIONS);
            scope.annotations().forEach(annotations::put);
        }
        ObjectNode spec = tree.putObject("spec");
        ObjectNode template = spec.putObject("template");
        template.set("metadata", templateMetadata(secret.metadata()));
        putText(template, "type", secret.type());
        if (secret.immutable() != null) {
            template.put("immutable", secret.immutable());
        }
        ObjectNode sealed = spec.putObject("encryptedData");
        secret.values().forEach((key, value) -> sealed.put(key, items.apply(key, value)));
        return new SealedManifest(tree);
    }

    private static ObjectNode templateMetadata(ObjectNode metadata) {
        ObjectNode copy = metadata.deepCopy();
        copy.remove(OF_THE_SERVER);
        if (copy.get(ANNOTATIONS) instanceof ObjectNode annotations) {
            annotations.remove(COPIES);
            if (annotations.isEmpty()) {
                copy.remove(ANNOTATIONS);
            }
        }
        return copy;
    }

    private static void putText(ObjectNode object, String name, String text) {
        if (!text.isEmpty()) {
            object.put(name, text);
        }
    }
}

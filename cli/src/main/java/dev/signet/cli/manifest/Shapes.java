package dev.signet.cli.manifest;

import java.util.List;

/** The shapes of metadata and of SealedSecrets. */
final class Shapes {

    private static final Shape TEXT = new Shape.Text();
    private static final Shape TEXT_ALWAYS = new Shape.TextAlways();
    private static final Shape FLAG = new Shape.Flag();
    private static final Shape TEXTS = new Shape.Texts(false, false);

    private static final Shape OWNER =
            new Shape.Struct(
                    "v1.OwnerReference",
                    List.of(
                            field("apiVersion", TEXT_ALWAYS),
                            field("kind", TEXT_ALWAYS),
                            field("name", TEXT_ALWAYS),
                            field("uid", TEXT_ALWAYS),
                            field("controller", FLAG),
                            field("blockOwnerDeletion", FLAG)),
                    true);

    private static final Shape MANAGED_FIELDS =
            new Shape.Struct(
                    "v1.ManagedFieldsEntry",
                    List.of(
                            field("manager", TEXT),
                            field("operation", TEXT),
                            field("apiVersion", TEXT),
                            field("time", TEXT),
                            field("fieldsType", TEXT),
                            field("fieldsV1", new Shape.Anything()),
                            field("subresource", TEXT)),
                    true);

    /** Metadata of any object. */
    static final Shape METADATA =
            new Shape.Struct(
                    "v1.ObjectMeta",
                    List.of(
                            field("name", TEXT),
                            field("generateName", TEXT),
                            field("namespace", TEXT),
                            field("selfLink", TEXT),
                            field("uid", TEXT),
                            field("resourceVersion", TEXT),
                            field("generation", new Shape.Whole()),
                            field("creationTimestamp", TEXT),
                            field("deletionTimestamp", TEXT),
                            field("deletionGracePeriodSeconds", new Shape.Whole()),
                            field("labels", TEXTS),
                            field("annotations", TEXTS),
                            field("ownerReferences", new Shape.Items(OWNER)),
                            field("finalizers", new Shape.Items(TEXT_ALWAYS)),
                            field("managedFields", new Shape.Items(MANAGED_FIELDS))),
                    true);

    private static final Shape TEMPLATE =
            new Shape.Struct(
                    "v1alpha1.SecretTemplateSpec",
                    List.of(
                            field("metadata", METADATA),
                            field("type", TEXT),
                            field("immutable", FLAG),
                            field("data", new Shape.Texts(false, true))),
                    true);

    private static final Shape CONDITION =
            new Shape.Struct(
                    "v1alpha1.SealedSecretCondition",
                    List.of(
                            field("type", TEXT_ALWAYS),
                            field("status", TEXT_ALWAYS),
                            field("lastUpdateTime", TEXT),
                            field("lastTransitionTime", TEXT),
                            field("reason", TEXT),
                            field("message", TEXT)),
                    true);

    private static final Shape STATUS =
            new Shape.Struct(
                    "v1alpha1.SealedSecretStatus",
                    List.of(
                            field("observedGeneration", new Shape.Whole()),
                            field("conditions", new Shape.Items(CONDITION))),
                    false);

    private static final Shape SPEC =
            new Shape.Struct(
                    "v1alpha1.SealedSecretSpec",
                    List.of(
                            field("template", TEMPLATE),
                            field("data", TEXT),
                            field("encryptedData", new Shape.Texts(true, false))),
                    true);

    /** A SealedSecret. */
    static final Shape SEALED =
            new Shape.Struct(
                    "SealedSecret",
                    List.of(
                            field("kind", TEXT),
                            field("apiVersion", TEXT),
                            field("metadata", METADATA),
                            field("spec", SPEC),
                            field("status", STATUS)),
                    true);

    private Shapes() {}

    private static Shape.Field field(String name, Shape shape) {
        return new Shape.Field(name, shape);
    }
}

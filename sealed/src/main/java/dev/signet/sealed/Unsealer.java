package dev.signet.sealed;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.api.sealed.SealedSecret;
import dev.signet.api.sealed.SealedSecretSpec;
import dev.signet.api.sealed.SealedSecretTemplate;
import dev.signet.provider.SecretValue;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the Secret that a SealedSecret stands for. Metadata and type are those of the template;
 * name and namespace those of the SealedSecret, whose own labels and annotations are not copied.
 * The only owner is the SealedSecret, unless the template's annotation {@link
 * SealedSecret#SKIP_OWNER} says otherwise.
 */
public final class Unsealer {

    private static final String BOTH_FIELDS =
            "cannot use the field 'encryptedData' and the deprecated field 'data' at the same time";
    private static final String NO_LEGACY =
            "spec.data is not accepted here: seal the Secret again with kubeseal";
    private static final String TEMPLATES =
            "spec.template.data is not supported yet: seal the finished values instead";
    private static final String LEGACY_KEY = "data";

    private final Opener opener;
    private final ObjectMapper mapper;
    private final boolean acceptLegacy;

    /**
     * @param mapper for the Secret inside {@code spec.data}
     * @param acceptLegacy whether {@code spec.data} is opened; where not, it is passed over beside
     *     {@code encryptedData}, and refused without
     */
    public Unsealer(Opener opener, ObjectMapper mapper, boolean acceptLegacy) {
        this.opener = opener;
        this.mapper = mapper;
        this.acceptLegacy = acceptLegacy;
    }

    /** The Secret, or why there is none. */
    public Unsealed unseal(SealedSecret sealed, KeyRing ring) throws InterruptedException {
        @Nullable SealedSecretSpec spec = sealed.getSpec();
        if (spec == null) {
            return new Unsealed.Refused(
                    "spec is missing, or cannot be read: seal the Secret again with kubeseal");
        }
        if (!spec.template().data().isEmpty()) {
            return new Unsealed.Refused(TEMPLATES);
        }
        if (!acceptLegacy && !spec.data().isEmpty() && spec.encryptedData().isEmpty()) {
            return new Unsealed.Refused(NO_LEGACY);
        }
        boolean legacy = acceptLegacy && !spec.data().isEmpty();
        if (legacy && !spec.encryptedData().isEmpty()) {
            return new Unsealed.Refused(BOTH_FIELDS);
        }
        Map<String, String> items = legacy ? Map.of(LEGACY_KEY, spec.data()) : spec.encryptedData();
        return switch (opener.open(items(sealed, items), ring)) {
            case Opened.Unopened unopened -> new Unsealed.Unopened(unopened);
            case Opened.Values values when legacy -> legacy(sealed, values);
            case Opened.Values values ->
                    new Unsealed.Made(
                            owned(sealed, fromTemplate(spec.template(), values.values())),
                            values.openedBy());
        };
    }

    /** The sealed values of an object, with what they are bound to. */
    public static SealedItems items(SealedSecret sealed) {
        @Nullable SealedSecretSpec spec = sealed.getSpec();
        return items(sealed, spec == null ? Map.of() : spec.encryptedData());
    }

    private static SealedItems items(SealedSecret sealed, Map<String, String> items) {
        ObjectMeta metadata = sealed.getMetadata();
        return new SealedItems(
                metadata.getNamespace() == null ? "" : metadata.getNamespace(),
                metadata.getName() == null ? "" : metadata.getName(),
                Scope.of(present(metadata.getAnnotations())),
                items);
    }

    private Unsealed legacy(SealedSecret sealed, Opened.Values values) {
        @Nullable SecretValue blob = values.values().get(LEGACY_KEY);
        if (blob == null) {
            throw new IllegalStateException("opened, and not there");
        }
        try {
            @Nullable Secret secret = mapper.readValue(blob.bytes(), Secret.class);
            if (secret == null) {
                return new Unsealed.Refused("spec.data does not hold a Secret in JSON");
            }
            if (secret.getMetadata() == null) {
                secret.setMetadata(new ObjectMeta());
            }
            return new Unsealed.Made(owned(sealed, secret), values.openedBy());
        } catch (IOException e) {
            // Nothing is read but memory: it is no JSON, or no UTF-8.
            return new Unsealed.Refused("spec.data does not hold a Secret in JSON");
        } finally {
            blob.wipe();
        }
    }

    private Secret fromTemplate(SealedSecretTemplate template, Map<String, SecretValue> values) {
        Secret secret = new Secret();
        secret.setMetadata(
                template.metadata() == null
                        ? new ObjectMeta()
                        : mapper.convertValue(template.metadata(), ObjectMeta.class));
        secret.setType(template.type().isEmpty() ? null : template.type());
        secret.setImmutable(template.immutable());
        Map<String, String> data = new TreeMap<>();
        values.forEach(
                (key, value) -> data.put(key, Base64.getEncoder().encodeToString(value.bytes())));
        secret.setData(data);
        values.values().forEach(SecretValue::wipe);
        return secret;
    }

    private static Secret owned(SealedSecret sealed, Secret secret) {
        ObjectMeta metadata = secret.getMetadata();
        metadata.setNamespace(sealed.getMetadata().getNamespace());
        metadata.setName(sealed.getMetadata().getName());
        boolean skip =
                "true".equals(present(metadata.getAnnotations()).get(SealedSecret.SKIP_OWNER));
        metadata.setOwnerReferences(skip ? List.of() : List.of(owner(sealed)));
        return secret;
    }

    /** What names a SealedSecret as the owner of its Secret. */
    public static OwnerReference owner(SealedSecret sealed) {
        return new OwnerReferenceBuilder()
                .withApiVersion("bitnami.com/v1alpha1")
                .withKind("SealedSecret")
                .withName(sealed.getMetadata().getName())
                .withUid(sealed.getMetadata().getUid())
                .withController(true)
                .build();
    }

    private static Map<String, String> present(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}

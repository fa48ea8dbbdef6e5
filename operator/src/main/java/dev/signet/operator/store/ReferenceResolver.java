package dev.signet.operator.store;

import dev.signet.operator.kube.KubernetesErrors;
import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;
import dev.signet.provider.SealedValues;
import dev.signet.provider.SecretValue;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The only way to a referenced Secret, ConfigMap, ServiceAccount token or sealed value, for every
 * provider. Values are read from the API server at each call, or opened, and kept nowhere.
 */
public final class ReferenceResolver {

    private final KubernetesClient client;
    private final Path ownTokenFile;
    private final SealedNamespaces sealed;

    /** Without sealed values. */
    public ReferenceResolver(KubernetesClient client, Path ownTokenFile) {
        this(client, ownTokenFile, SealedNamespaces.none());
    }

    /**
     * @param ownTokenFile where the token of the operator's own ServiceAccount is mounted; read
     *     anew at each use
     * @param sealed where sealed values come from
     */
    public ReferenceResolver(KubernetesClient client, Path ownTokenFile, SealedNamespaces sealed) {
        this.client = client;
        this.ownTokenFile = ownTokenFile;
        this.sealed = sealed;
    }

    /** What a session that acts within {@code scope} may read. */
    public References within(ReferenceScope scope) {
        return new Scoped(scope);
    }

    private final class Scoped implements References {

        private final ReferenceScope scope;

        Scoped(ReferenceScope scope) {
            this.scope = scope;
        }

        @Override
        public SecretValue read(Reference.SecretKey reference) throws ReferenceException {
            String namespace = scope.namespaceOf(reference);
            Secret secret = secret(reference, namespace);
            String encoded =
                    secret.getData() == null ? null : secret.getData().get(reference.key());
            return SecretValue.of(
                    Base64.getDecoder().decode(present(encoded, reference, namespace)));
        }

        @Override
        public Map<String, SecretValue> readMarked(
                Reference.SecretKey reference, String label, String value)
                throws ReferenceException {
            String namespace = scope.namespaceOf(reference);
            Secret secret = secret(reference, namespace);
            Map<String, String> labels = secret.getMetadata().getLabels();
            if (labels == null || !value.equals(labels.get(label))) {
                throw new ReferenceException(
                        ReferenceException.Cause.DENIED,
                        "%s may use Secret %s in namespace %s only if it has the label %s: %s"
                                .formatted(
                                        scope.store(), reference.name(), namespace, label, value));
            }
            Map<String, SecretValue> values = new TreeMap<>();
            if (secret.getData() != null) {
                secret.getData()
                        .forEach((key, encoded) ->
                                values.put(
                                        key, SecretValue.of(Base64.getDecoder().decode(encoded))));
            }
            return values;
        }

        private Secret secret(Reference.SecretKey reference, String namespace)
                throws ReferenceException {
            return get(
                    reference,
                    namespace,
                    () -> client.secrets().inNamespace(namespace).withName(reference.name()).get());
        }

        @Override
        public SecretValue read(Reference.ConfigMapKey reference) throws ReferenceException {
            String namespace = scope.namespaceOf(reference);
            ConfigMap map =
                    get(
                            reference,
                            namespace,
                            () ->
                                    client.configMaps()
                                            .inNamespace(namespace)
                                            .withName(reference.name())
                                            .get());
            String text = map.getData() == null ? null : map.getData().get(reference.key());
            if (text == null && map.getBinaryData() != null) {
                String encoded = map.getBinaryData().get(reference.key());
                if (encoded != null) {
                    return SecretValue.of(Base64.getDecoder().decode(encoded));
                }
            }
            return SecretValue.ofUtf8(present(text, reference, namespace));
        }

        @Override
        public SecretValue token(
                Reference.ServiceAccount reference, List<String> audiences, Duration lifetime)
                throws ReferenceException {
            String namespace = scope.namespaceOf(reference);
            List<String> wanted = new ArrayList<>(reference.audiences());
            wanted.addAll(audiences);
            try {
                var answer =
                        client.serviceAccounts()
                                .inNamespace(namespace)
                                .withName(reference.name())
                                .tokenRequest(
                                        new TokenRequestBuilder()
                                                .withNewSpec()
                                                .withAudiences(wanted)
                                                .withExpirationSeconds(lifetime.toSeconds())
                                                .endSpec()
                                                .build());
                return SecretValue.ofUtf8(answer.getStatus().getToken());
            } catch (KubernetesClientException e) {
                throw failed("request a token of", reference, namespace, e);
            }
        }

        @Override
        public Map<String, String> annotations(Reference.ServiceAccount reference)
                throws ReferenceException {
            String namespace = scope.namespaceOf(reference);
            ServiceAccount account =
                    get(
                            reference,
                            namespace,
                            () ->
                                    client.serviceAccounts()
                                            .inNamespace(namespace)
                                            .withName(reference.name())
                                            .get());
            Map<String, String> annotations = account.getMetadata().getAnnotations();
            return annotations == null ? Map.of() : Map.copyOf(annotations);
        }

        @Override
        public SealedValues sealed(Reference.SealedSecrets reference) throws ReferenceException {
            return sealed.in(scope.namespaceOf(reference));
        }

        @Override
        public SecretValue ownToken() throws ReferenceException {
            if (scope.store().kind() == StoreKind.SECRET_STORE) {
                // The store also names the server, so its author could have the token sent home.
                throw new ReferenceException(
                        ReferenceException.Cause.DENIED,
                        "%s may not use the operator's own ServiceAccount token, only a ClusterSecretStore may; name a serviceAccountRef"
                                .formatted(scope.store()));
            }
            try {
                return SecretValue.ofUtf8(Files.readString(ownTokenFile).strip());
            } catch (IOException e) {
                throw new ReferenceException(
                        ReferenceException.Cause.MISSING,
                        "%s uses the operator's own ServiceAccount token, and %s cannot be read; name a serviceAccountRef"
                                .formatted(scope.store(), ownTokenFile));
            }
        }

        private <T extends HasMetadata> T get(
                Reference reference, String namespace, Supplier<@Nullable T> call)
                throws ReferenceException {
            try {
                T found = call.get();
                if (found == null) {
                    throw missing(reference, namespace);
                }
                return found;
            } catch (KubernetesClientException e) {
                throw failed("read", reference, namespace, e);
            }
        }

        private String present(@Nullable String value, Reference reference, String namespace)
                throws ReferenceException {
            if (value == null) {
                throw missing(reference, namespace);
            }
            return value;
        }

        private ReferenceException missing(Reference reference, String namespace) {
            return new ReferenceException(
                    ReferenceException.Cause.MISSING,
                    "%s needs %s in namespace %s, which does not exist"
                            .formatted(
                                    scope.store(), ReferenceScope.describe(reference), namespace));
        }

        private ReferenceException failed(
                String action, Reference reference, String namespace, KubernetesClientException e) {
            if (KubernetesErrors.isNotFound(e)) {
                return missing(reference, namespace);
            }
            return new ReferenceException(
                    KubernetesErrors.isDenied(e)
                            ? ReferenceException.Cause.DENIED
                            : ReferenceException.Cause.UNAVAILABLE,
                    "%s cannot %s %s in namespace %s: %s"
                            .formatted(
                                    scope.store(),
                                    action,
                                    ReferenceScope.describe(reference),
                                    namespace,
                                    KubernetesErrors.text(e)));
        }
    }
}

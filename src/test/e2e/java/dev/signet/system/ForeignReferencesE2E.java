package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.signet.operator.store.Providers;
import dev.signet.provider.SecretProvider;
import dev.signet.testbed.FaultProxy;
import dev.signet.testbed.SharedControlPlane;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A SecretStore that names an object of another namespace, in each field of each provider that
 * names one: it is refused, and nobody even asks for that object.
 */
class ForeignReferencesE2E {

    private static final ObjectMapper YAML = new YAMLMapper();
    private static final String OWN = "own";
    private static final String FOREIGN = "foreign";

    /** In a store that is whole but for what the words stand for. */
    private static final Map<String, List<String>> SPECS =
            Map.of(
                    "vault",
                    List.of(
                            vault("auth: {tokenSecretRef: SECRET}"),
                            vault("auth: {appRole: {path: a, roleRef: SECRET, secretRef: SECRET}}"),
                            vault(
                                    "auth: {kubernetes: {mountPath: k, role: r, serviceAccountRef: ACCOUNT}}"),
                            vault("auth: {kubernetes: {mountPath: k, role: r, secretRef: SECRET}}"),
                            vault("auth: {ldap: {path: l, username: u, secretRef: SECRET}}"),
                            vault("auth: {userPass: {path: u, username: u, secretRef: SECRET}}"),
                            vault("auth: {jwt: {path: j, role: r, secretRef: SECRET}}"),
                            vault(
                                    "auth: {jwt: {path: j, role: r, kubernetesServiceAccountToken: {serviceAccountRef: ACCOUNT}}}"),
                            vault("auth: {cert: {path: c, clientCert: SECRET, secretRef: SECRET}}"),
                            vault(
                                    "auth: {iam: {vaultRole: r, region: eu-west-1, secretRef: {accessKeyIDSecretRef: SECRET, secretAccessKeySecretRef: SECRET, sessionTokenSecretRef: SECRET}}}"),
                            vault(
                                    "auth: {iam: {vaultRole: r, region: eu-west-1, jwt: {serviceAccountRef: ACCOUNT}}}"),
                            vault(
                                    "auth: {gcp: {role: r, secretRef: {secretAccessKeySecretRef: SECRET}}}"),
                            vault(
                                    "auth: {gcp: {role: r, workloadIdentity: {serviceAccountRef: ACCOUNT}}}"),
                            vault("auth: {gcp: {role: r, serviceAccountRef: ACCOUNT}}"),
                            vault("auth: {tokenSecretRef: SECRET}, caProvider: CA"),
                            vault("auth: {tokenSecretRef: SECRET}, caProvider: CA_MAP"),
                            vault(
                                    "auth: {tokenSecretRef: SECRET}, tls: {certSecretRef: SECRET, keySecretRef: SECRET}")),
                    "aws",
                    List.of(
                            aws(
                                    "secretRef: {accessKeyIDSecretRef: SECRET, secretAccessKeySecretRef: SECRET, sessionTokenSecretRef: SECRET}"),
                            aws("jwt: {serviceAccountRef: ACCOUNT}")),
                    "azurekv",
                    List.of(
                            azure(
                                    "ServicePrincipal, authSecretRef: {clientId: SECRET, clientSecret: SECRET}"),
                            azure(
                                    "ServicePrincipal, authSecretRef: {clientId: SECRET, clientCertificate: SECRET}"),
                            azure(
                                    "WorkloadIdentity, authSecretRef: {clientId: SECRET, tenantId: SECRET}, serviceAccountRef: ACCOUNT"),
                            azure("WorkloadIdentity, serviceAccountRef: ACCOUNT")),
                    "kubernetes",
                    List.of(
                            kubernetes("auth: {token: {bearerToken: SECRET}}"),
                            kubernetes("auth: {cert: {clientCert: SECRET, clientKey: SECRET}}"),
                            kubernetes("auth: {serviceAccount: ACCOUNT}"),
                            kubernetes("authRef: SECRET"),
                            "{server: {url: 'https://127.0.0.1:1', caProvider: CA}, auth: {token: {bearerToken: SECRET}}}",
                            "{server: {url: 'https://127.0.0.1:1', caProvider: CA_MAP}, auth: {token: {bearerToken: SECRET}}}"),
                    "webhook",
                    List.of(
                            webhook("secrets: [{name: s, secretRef: SECRET}]"),
                            webhook(
                                    "auth: {ntlm: {usernameSecret: SECRET, passwordSecret: SECRET}}"),
                            webhook("caProvider: CA"),
                            webhook("caProvider: CA_MAP")),
                    "fake",
                    List.of());

    private static final List<String> REFUSALS =
            List.of(
                    "a SecretStore reads in its own namespace only",
                    "may not name another namespace",
                    "is not supported",
                    "are not supported",
                    "not supported yet");

    @Test
    void everyFieldThatNamesAnObjectIsTried() {
        Providers here = Providers.onClassPath();
        assertThat(here.names())
                .allSatisfy(name -> {
                    SecretProvider<?> provider = here.named(name).orElseThrow();
                    Set<String> tried = new TreeSet<>();
                    for (String spec : SPECS.getOrDefault(name, List.of())) {
                        places(read(spec), "").keySet().forEach(place -> tried.add(general(place)));
                    }
                    assertThat(tried).as(name).isEqualTo(ReferenceFields.of(provider.specType()));
                });
    }

    @Test
    void storeThatNamesAnObjectOfAnotherNamespaceIsRefusedAndDoesNotAskForIt() {
        SharedControlPlane.get();
        try (Space mine = Space.fresh();
                Space theirs = Space.fresh();
                FaultProxy way = FaultProxy.before(SharedControlPlane.get())) {
            own(mine, OWN);
            own(theirs, FOREIGN);
            Map<String, String> stores = stores(theirs.namespace());
            assertThat(stores).hasSizeGreaterThan(25);
            int before = way.count(request -> true);
            stores.forEach((name, store) -> {
                mine.apply(store);
                mine.apply(Manifests.externalSecret(name).from(name).data("k", "k", "k").yaml());
            });
            try (RunningOperator operator =
                    RunningOperator.by(
                            way.kubeconfig(SharedControlPlane.get().adminToken()),
                            mine.namespace(),
                            Clock.systemUTC())) {
                // The foreign object is looked for in the store's own namespace.
                String here = "in namespace %s, which does not exist".formatted(mine.namespace());
                stores.keySet()
                        .forEach(name ->
                                Space.await(() -> {
                                    Ready ready = refusal(mine, name);
                                    assertThat(ready).as(name).matches(Ready::isFalse);
                                    assertThat(ready.message())
                                            .as(stores.get(name))
                                            .satisfiesAnyOf(
                                                    said -> assertThat(said).contains(here),
                                                    said ->
                                                            assertThat(REFUSALS)
                                                                    .anyMatch(said::contains));
                                }));
                assertThat(operator.fatal()).isEmpty();
            }
            assertThat(way.count(request -> true)).isGreaterThan(before);
            assertThat(way.count(request -> request.on("/namespaces/" + theirs.namespace() + "/")))
                    .as("requests that concern the other namespace")
                    .isZero();
        }
    }

    /** What the store says, or who reads from it, where it cannot be checked by itself. */
    private static Ready refusal(Space space, String name) {
        Ready store = space.ready(Kind.SECRET_STORE, name);
        return store.isTrue() ? space.ready(name) : store;
    }

    /** Everything that a reference may need, under one name. */
    private static void own(Space space, String name) {
        space.secret(name, Map.of("k", "11111111-2222-3333-4444-555555555555"));
        space.apply(
                "kind: ConfigMap\napiVersion: v1\nmetadata: {name: %s}\ndata: {k: v}"
                        .formatted(name));
        space.apply(
                """
                kind: ServiceAccount
                apiVersion: v1
                metadata:
                  name: %s
                  annotations: {eks.amazonaws.com/role-arn: 'arn:aws:iam::123456789012:role/r'}
                """
                        .formatted(name));
    }

    /** For each place in each spec, a store in which that one names the other namespace. */
    private static Map<String, String> stores(String namespace) {
        Map<String, String> stores = new LinkedHashMap<>();
        for (String provider : Providers.onClassPath().names()) {
            int spec = 0;
            for (String text : SPECS.getOrDefault(provider, List.of())) {
                for (String place : places(read(text), "").keySet()) {
                    String name = "%s-%d-%d".formatted(provider, spec, stores.size());
                    JsonNode filled = filled(read(text), "", place, namespace);
                    stores.put(
                            name,
                            """
                            kind: SecretStore
                            apiVersion: external-secrets.io/v1
                            metadata: {name: %s}
                            spec: {provider: {%s: %s}}
                            """
                                    .formatted(name, provider, filled));
                }
                spec++;
            }
        }
        return stores;
    }

    /** Where the words stand, by path. */
    private static Map<String, String> places(JsonNode node, String path) {
        Map<String, String> places = new LinkedHashMap<>();
        if (node.isTextual() && reference(node.asText(), OWN, "") != null) {
            places.put(path, node.asText());
        }
        node.properties()
                .forEach(field ->
                        places.putAll(places(field.getValue(), below(path, field.getKey()))));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            places.putAll(places(node.get(i), below(path, "[" + i + "]")));
        }
        return places;
    }

    /** The spec with each word replaced by a reference: to the other namespace in one place. */
    private static JsonNode filled(JsonNode node, String path, String foreign, String namespace) {
        if (node instanceof TextNode text) {
            ObjectNode reference =
                    path.equals(foreign)
                            ? reference(text.asText(), FOREIGN, namespace)
                            : reference(text.asText(), OWN, "");
            return reference == null ? node : reference;
        }
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                object.set(name, filled(object.get(name), below(path, name), foreign, namespace));
            }
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, filled(array.get(i), below(path, "[" + i + "]"), foreign, namespace));
            }
        }
        return node;
    }

    private static ObjectNode reference(String word, String name, String namespace) {
        ObjectNode reference = YAML.createObjectNode().put("name", name);
        switch (word) {
            case "SECRET" -> reference.put("key", "k");
            case "ACCOUNT" -> {}
            case "CA" -> reference.put("key", "k").put("type", "Secret");
            case "CA_MAP" -> reference.put("key", "k").put("type", "ConfigMap");
            default -> {
                return null;
            }
        }
        return namespace.isEmpty() ? reference : reference.put("namespace", namespace);
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String general(String place) {
        return place.replaceAll("\\[\\d+]", "[]");
    }

    private static JsonNode read(String spec) {
        try {
            return YAML.readTree(spec);
        } catch (JsonProcessingException e) {
            throw new AssertionError(spec, e);
        }
    }

    private static String vault(String fields) {
        return "{server: 'https://127.0.0.1:1', path: secret, " + fields + "}";
    }

    private static String aws(String auth) {
        return "{service: SecretsManager, region: eu-west-1, auth: {" + auth + "}}";
    }

    private static String azure(String fields) {
        return ("{vaultUrl: 'https://team.vault.stack.test', environmentType: AzureStackCloud,"
                        + " tenantId: 11111111-2222-3333-4444-555555555555, customCloudConfig:"
                        + " {activeDirectoryEndpoint: 'https://127.0.0.1:1/',"
                        + " keyVaultEndpoint: 'https://vault.stack.test',"
                        + " keyVaultDNSSuffix: vault.stack.test}, authType: %s}")
                .formatted(fields);
    }

    private static String kubernetes(String fields) {
        return "{server: {url: 'https://127.0.0.1:1'}, " + fields + "}";
    }

    private static String webhook(String fields) {
        return "{url: 'https://127.0.0.1:1', result: {jsonPath: $}, " + fields + "}";
    }
}

package dev.signet.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.signet.api.store.AwsProvider;
import dev.signet.api.store.AzureKvProvider;
import dev.signet.api.store.ClusterSecretStore;
import dev.signet.api.store.FakeProvider;
import dev.signet.api.store.GcpSmProvider;
import dev.signet.api.store.KubernetesProvider;
import dev.signet.api.store.SecretStore;
import dev.signet.api.store.SecretStoreSpec;
import dev.signet.api.store.StoreProvider;
import dev.signet.api.store.VaultAppRole;
import dev.signet.api.store.VaultProvider;
import dev.signet.api.store.WebhookProvider;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Class<?>> PROVIDERS =
            Map.of(
                    "vault", VaultProvider.class,
                    "fake", FakeProvider.class,
                    "aws", AwsProvider.class,
                    "azurekv", AzureKvProvider.class,
                    "kubernetes", KubernetesProvider.class,
                    "gcpsm", GcpSmProvider.class,
                    "webhook", WebhookProvider.class);

    private final KubernetesSerialization cluster = new KubernetesSerialization();

    @Test
    void everyFieldOfAnExternalSecretComesBack() throws IOException {
        JsonNode manifest = read("externalsecret");

        ExternalSecret read = cluster.unmarshal(manifest.toString(), ExternalSecret.class);

        assertThat(JSON.readTree(cluster.asJson(read))).isEqualTo(manifest);
    }

    @Test
    void everyFieldOfAClusterSecretStoreComesBack() throws IOException {
        JsonNode manifest = read("clustersecretstore");

        ClusterSecretStore read = cluster.unmarshal(manifest.toString(), ClusterSecretStore.class);

        assertThat(JSON.readTree(cluster.asJson(read))).isEqualTo(manifest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vault", "fake", "aws", "azurekv", "kubernetes", "gcpsm", "webhook"})
    void everyFieldOfAProviderComesBack(String name) throws IOException {
        JsonNode content = read("providers").get(name);

        Object read = JSON.treeToValue(content, PROVIDERS.get(name));

        assertThat(JSON.readTree(JSON.writeValueAsString(read))).isEqualTo(content);
    }

    @Test
    void whatAManifestLeavesOutIsEmptyOrTheServersDefault() {
        ExternalSecretSpec spec = externalSecret("spec: {data: [{secretKey: a, remoteRef: {}}]}");

        assertThat(spec.refreshInterval()).isEqualTo("1h0m0s");
        assertThat(spec.refreshEvery()).isEqualTo(Duration.ofHours(1));
        assertThat(spec.refreshPolicy()).isEmpty();
        assertThat(spec.secretStoreRef()).isNull();
        assertThat(spec.target().creationPolicy()).isEqualTo(ExternalSecretTarget.OWNER);
        assertThat(spec.target().deletionPolicy()).isEqualTo(ExternalSecretTarget.RETAIN);
        assertThat(spec.target().template()).isNull();
        assertThat(spec.dataFrom()).isEmpty();
        assertThat(spec.data().getFirst().remoteRef()).isEqualTo(DataRemoteRef.NONE);
    }

    @Test
    void unknownFieldsArePassedOver() {
        ExternalSecretSpec spec =
                externalSecret(
                        "spec: {refreshInterval: '0', later: {a: 1}, target: {name: t, later: [1]}}");

        assertThat(spec.target().name()).isEqualTo("t");
        assertThat(spec.refreshEvery()).isZero();
    }

    @Test
    void anObjectWithoutSpecIsRead() {
        ExternalSecret read = cluster.unmarshal("metadata: {name: a}", ExternalSecret.class);

        assertThat(read.getSpec()).isNull();
        assertThat(read.getStatus()).isNull();
    }

    @Test
    void nullsInListsAndMapsAreDropped() {
        ExternalSecretSpec spec =
                externalSecret("spec: {data: [null], target: {template: {data: {a: null, b: c}}}}");

        assertThat(spec.data()).isEmpty();
        assertThat(spec.target().template().data()).containsExactly(Map.entry("b", "c"));
    }

    @Test
    void aMistakeInAProviderLeavesTheStoreReadable() {
        SecretStoreSpec spec = store("spec: {provider: {vault: {server: [1, 2], auth: true}}}");

        assertThat(spec.provider().name()).isEqualTo("vault");
        assertThat(spec.provider().content().get("auth").asBoolean()).isTrue();
    }

    @Test
    void aProviderThatIsNotServedCanBeNamed() {
        assertThat(store("spec: {provider: {doppler: {auth: {}}}}").provider().name())
                .isEqualTo("doppler");
    }

    @Test
    void noneOrTwoProvidersHaveNoName() {
        StoreProvider none = store("spec: {provider: {}}").provider();
        StoreProvider two = store("spec: {provider: {vault: {}, fake: {}}}").provider();

        assertThat(none.name()).isEmpty();
        assertThat(two.name()).isEmpty();
        assertThat(two.content().isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"300, PT5M", "'\"5m\"', PT5M", "'\"90s\"', PT1M30S"})
    void aStoresIntervalIsSecondsOrADuration(String written, Duration expected) {
        assertThat(store("spec: {refreshInterval: " + written + "}").refreshEvery())
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "'0'", "''", "'0s'", "-5"})
    void withoutAnIntervalTheOperatorDecides(String written) {
        assertThat(store("spec: {refreshInterval: " + written + "}").refreshEvery()).isEmpty();
    }

    @Test
    void numbersTooLargeForAnIntervalLeaveTheStoreReadable() {
        SecretStoreSpec spec =
                store(
                        "spec: {refreshInterval: 9999999999, retrySettings: {maxRetries:"
                                + " 99999999999}}");

        assertThat(spec.refreshEvery()).contains(Duration.ofSeconds(9_999_999_999L));
        assertThat(spec.retrySettings().maxRetries()).isEqualTo(99_999_999_999L);
    }

    @Test
    void defaultsOfLoginsAreKnownWithoutAServer() throws IOException {
        VaultAppRole role = JSON.readValue("{}", VaultAppRole.class);

        assertThat(role.path()).isEqualTo("approle");
        assertThat(role.secretRef().present()).isFalse();
    }

    private ExternalSecretSpec externalSecret(String yaml) {
        return cluster.unmarshal(yaml, ExternalSecret.class).getSpec();
    }

    private SecretStoreSpec store(String yaml) {
        return cluster.unmarshal(yaml, SecretStore.class).getSpec();
    }

    private static JsonNode read(String name) throws IOException {
        try (InputStream in =
                ManifestTest.class.getResourceAsStream("/manifests/" + name + ".yaml")) {
            return YAML.readTree(in);
        }
    }
}

package dev.signet.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import dev.signet.api.ExternalSecret;
import dev.signet.api.store.AwsProvider;
import dev.signet.api.store.AzureKvProvider;
import dev.signet.api.store.ClusterSecretStore;
import dev.signet.api.store.FakeProvider;
import dev.signet.api.store.KubernetesProvider;
import dev.signet.api.store.SealedProvider;
import dev.signet.api.store.SecretStore;
import dev.signet.api.store.SecretStoreSpec;
import dev.signet.api.store.StoreProvider;
import dev.signet.api.store.VaultProvider;
import dev.signet.api.store.WebhookProvider;
import dev.signet.operator.externalsecret.rules.SpecProblems;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documentation shows can be typed: its manifests are read strictly, its links lead on.
 */
class DocsTest {

    private static final Map<String, Class<?>> PROVIDERS =
            Map.of(
                    "vault", VaultProvider.class,
                    "azurekv", AzureKvProvider.class,
                    "aws", AwsProvider.class,
                    "kubernetes", KubernetesProvider.class,
                    "webhook", WebhookProvider.class,
                    "sealed", SealedProvider.class,
                    "fake", FakeProvider.class);
    private static final ObjectMapper STRICT =
            new ObjectMapper()
                    .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true)
                    .setAnnotationIntrospector(new NothingIsIgnored());

    static Stream<DocsBlock> manifests() throws IOException {
        return DocsBlock.all().filter(block -> block.isOfExternalSecrets());
    }

    static Stream<DocsPage> pages() throws IOException {
        return DocsPage.all();
    }

    @Test
    void showsManifestsOfEachKind() throws IOException {
        assertThat(manifests().map(DocsBlock::kind))
                .contains("ExternalSecret", "SecretStore", "ClusterSecretStore");
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void showsNoFieldThatDoesNotExist(DocsBlock block) throws IOException {
        switch (block.kind()) {
            case "ExternalSecret" -> {
                ExternalSecret read = STRICT.treeToValue(block.content(), ExternalSecret.class);
                assertThat(SpecProblems.of(Objects.requireNonNull(read.getSpec()))).isEmpty();
            }
            case "SecretStore" ->
                    checkProvider(STRICT.treeToValue(block.content(), SecretStore.class).getSpec());
            case "ClusterSecretStore" ->
                    checkProvider(
                            STRICT.treeToValue(block.content(), ClusterSecretStore.class)
                                    .getSpec());
            default -> throw new AssertionError("a kind that is not served: " + block.kind());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void showsOnlyYamlThatCanBeRead(DocsPage page) {
        assertThat(page.blocks()).allSatisfy(block -> assertThat(block.content()).isNotNull());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(DocsPage page) throws IOException {
        assertThat(page.deadLinks()).isEmpty();
    }

    private static void checkProvider(SecretStoreSpec spec) throws IOException {
        StoreProvider provider = Objects.requireNonNull(spec.provider());
        Class<?> type = PROVIDERS.get(provider.name());
        assertThat(type).as("provider " + provider.name()).isNotNull();
        JsonNode content = provider.content();
        assertThat(STRICT.treeToValue(content, type)).isNotNull();
    }

    /** The records pass over unknown fields; here that must not be. */
    private static final class NothingIsIgnored extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonIgnoreProperties.Value findPropertyIgnoralByName(
                MapperConfig<?> config, Annotated annotated) {
            return super.findPropertyIgnoralByName(config, annotated).withoutIgnoreUnknown();
        }
    }

    /** That the strictness is one. */
    @Test
    void wouldNoticeAFieldThatDoesNotExist() {
        List<String> manifests =
                List.of(
                        "{\"spec\":{\"refreshIntervall\":\"1h\"}}",
                        "{\"spec\":{\"target\":{\"nmae\":\"x\"}}}",
                        "{\"spec\":{\"data\":[{\"secretKey\":\"a\",\"remoteRef\":{\"kye\":\"x\"}}]}}");

        assertThat(manifests)
                .allSatisfy(manifest ->
                        org.assertj.core.api.Assertions.assertThatThrownBy(
                                        () -> STRICT.readValue(manifest, ExternalSecret.class))
                                .hasMessageContaining("Unrecognized field"));
    }
}

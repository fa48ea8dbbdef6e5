package dev.signet.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.api.store.AwsAuth;
import dev.signet.api.store.AwsJwtAuth;
import dev.signet.provider.Reference;
import dev.signet.provider.SecretProvider;
import dev.signet.provider.StoreCapabilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsSecretProviderTest {

    private final AwsSecretProvider provider = new AwsSecretProvider();

    @Test
    void isFoundAsTheProviderOfAws() {
        assertThat(ServiceLoader.load(SecretProvider.class))
                .anySatisfy(found -> {
                    assertThat(found).isInstanceOf(AwsSecretProvider.class);
                    assertThat(found.name()).isEqualTo("aws");
                    assertThat(found.capabilities()).isEqualTo(StoreCapabilities.READ_ONLY);
                });
    }

    @Test
    void namesTheKeysItReads() {
        assertThat(provider.references(Specs.secretsManager().spec()))
                .containsExactly(
                        new Reference.SecretKey("", "aws", "id"),
                        new Reference.SecretKey("", "aws", "key"));
    }

    @Test
    void namesTheServiceAccountItStandsFor() {
        Specs spec = Specs.secretsManager().auth(Specs.account("app", "a"));
        assertThat(provider.references(spec.spec()))
                .containsExactly(new Reference.ServiceAccount("", "app", List.of("a")));
    }

    @Test
    void findsNothingWrongWithGoodSpecs() {
        assertThat(provider.problems(Specs.secretsManager().spec())).isEmpty();
        assertThat(provider.problems(Specs.parameterStore().auth(null).spec())).isEmpty();
        assertThat(
                        provider.problems(
                                Specs.secretsManager()
                                        .through("arn:aws-cn:iam::123456789012:role/path/hub")
                                        .role("arn:aws:iam::123456789012:role/reader")
                                        .externalId("x")
                                        .tag("k", "v")
                                        .spec()))
                .isEmpty();
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(provider.problems(Specs.of("CertificateManager").spec()))
                .containsExactly(
                        "spec.provider.aws.service CertificateManager cannot be read from; use SecretsManager or ParameterStore");
        assertThat(provider.problems(Specs.secretsManager().in("")))
                .containsExactly("spec.provider.aws.region is missing");
        assertThat(provider.problems(Specs.secretsManager().in("evil.example.com/")))
                .containsExactly(
                        "spec.provider.aws.region is no name of a region, such as eu-west-1");
        assertThat(provider.problems(Specs.secretsManager().role("reader").spec()))
                .containsExactly("spec.provider.aws.role is no ARN of a role");
        assertThat(provider.problems(Specs.secretsManager().externalId("x").spec()))
                .containsExactly(
                        "spec.provider.aws.externalID and sessionTags are given when role is assumed, and there is no role");
        assertThat(provider.problems(Specs.secretsManager().policy("Simple", Map.of()).spec()))
                .singleElement()
                .asString()
                .contains("not supported yet");
        assertThat(
                        provider.problems(
                                Specs.secretsManager()
                                        .auth(new AwsAuth(null, new AwsJwtAuth(null)))
                                        .spec()))
                .containsExactly("spec.provider.aws.auth.jwt.serviceAccountRef is missing");
        assertThat(provider.problems(Specs.secretsManager().auth(Specs.keys("", "")).spec()))
                .hasSize(2);
    }

    @Test
    void loadsNothingOfTheSdkBeforeASessionIsOpened(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("classes.log");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xlog:class+load:file=" + log,
                                "-cp",
                                System.getProperty("java.class.path"),
                                LooksAround.class.getName())
                        .inheritIO()
                        .start();
        assertThat(process.waitFor()).isZero();
        assertThat(classes(log))
                .anyMatch(line -> line.contains(AwsSecretProvider.class.getName()))
                .noneMatch(line -> line.contains("software.amazon"));
    }

    private static List<String> classes(Path log) throws IOException {
        return Files.readAllLines(log);
    }
}

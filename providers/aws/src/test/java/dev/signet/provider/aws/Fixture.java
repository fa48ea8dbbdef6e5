package dev.signet.provider.aws;

import dev.signet.api.store.AwsProvider;
import dev.signet.provider.References;
import dev.signet.provider.RetrySettings;
import dev.signet.provider.SecretClient;
import dev.signet.provider.StoreContext;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** A server in AWS's place: sessions with it, and clients of those who keep secrets in it. */
final class Fixture {

    private static final SdkHttpClient HTTP = UrlConnectionHttpClient.create();

    private final URI address;
    private final Clock clock;
    private final RetrySettings retry;

    /** The calls that sessions have made, as metrics count them, failed ones with a minus. */
    final List<String> calls = new CopyOnWriteArrayList<>();

    private Fixture(URI address, Clock clock, RetrySettings retry) {
        this.address = address;
        this.clock = clock;
        this.retry = retry;
    }

    static Fixture at(URI address) {
        return new Fixture(address, Clock.systemUTC(), RetrySettings.NONE);
    }

    Fixture with(Clock other) {
        return new Fixture(address, other, retry);
    }

    Fixture with(RetrySettings other) {
        return new Fixture(address, clock, other);
    }

    SecretClient open(Specs spec) {
        return open(spec.spec(), FakeReferences.withKeys());
    }

    SecretClient open(Specs spec, References references) {
        return open(spec.spec(), references);
    }

    SecretClient open(AwsProvider spec, References references) {
        return AwsSecretClient.open(
                spec,
                new StoreContext(
                        "SecretStore team-a/aws",
                        references,
                        retry,
                        (provider, call, success) ->
                                calls.add((success ? "" : "-") + provider + " " + call),
                        clock),
                new Surroundings(
                        Map.of(
                                Service.SECRETS_MANAGER, address,
                                Service.PARAMETER_STORE, address,
                                Service.STS, address),
                        false));
    }

    /** How many calls of this name there were. */
    long count(String call) {
        return calls.stream().filter(made -> made.endsWith(" " + call)).count();
    }

    SecretsManagerClient secretsManager() {
        return secretsManager(Specs.REGION);
    }

    SecretsManagerClient secretsManager(String region) {
        return SecretsManagerClient.builder()
                .httpClient(HTTP)
                .endpointOverride(address)
                .region(Region.of(region))
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("AKIAEXAMPLE", "secret")))
                .build();
    }

    SsmClient parameterStore() {
        return SsmClient.builder()
                .httpClient(HTTP)
                .endpointOverride(address)
                .region(Region.of(Specs.REGION))
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("AKIAEXAMPLE", "secret")))
                .build();
    }
}

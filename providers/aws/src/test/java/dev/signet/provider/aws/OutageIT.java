package dev.signet.provider.aws;

import static dev.signet.provider.contract.Outcomes.read;
import static dev.signet.provider.contract.Outcomes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.RetrySettings;
import dev.signet.provider.SecretClient;
import dev.signet.testbed.Binaries;
import dev.signet.testbed.Fault;
import dev.signet.testbed.FaultProxy;
import dev.signet.testbed.FaultRule;
import dev.signet.testbed.Moto;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An emulator behind a proxy that breaks things. */
class OutageIT {

    private static final RemoteRef REF = RemoteRef.of("outage");
    private static final RemoteRef OTHER = RemoteRef.of("outage-other");

    private static Moto moto;
    private static FaultProxy proxy;

    @BeforeAll
    static void start() {
        moto = Moto.start(Binaries.discover());
        proxy = FaultProxy.before(moto.address(), "");
        var keeper = Fixture.at(moto.address()).secretsManager();
        keeper.createSecret(r -> r.name("outage").secretString("v"));
        keeper.createSecret(r -> r.name("outage-other").secretString("w"));
    }

    @AfterAll
    static void stop() {
        proxy.close();
        moto.close();
    }

    @AfterEach
    void mend() {
        proxy.mend();
    }

    @Test
    void isBusyWhileTheServiceThrottlesABatchAndServesAfterwards() throws Exception {
        int single = proxy.count(request -> request.asksFor("GetSecretValue"));
        try (SecretClient client = Fixture.at(proxy.address()).open(Specs.secretsManager())) {
            proxy.add(
                    request -> request.asksFor("BatchGetSecretValue"),
                    Fault.json(400, "{\"__type\":\"ThrottlingException\"}"));
            assertThat(client.read(Set.of(REF, OTHER)).values())
                    .allSatisfy(answer ->
                            assertThat(answer)
                                    .isEqualTo(
                                            new ReadOutcome.Unavailable<>(
                                                    "Secrets Manager in eu-west-1 is busy (ThrottlingException)",
                                                    Optional.of(ErrorRules.BUSY_PAUSE))));
            assertThat(proxy.count(request -> request.asksFor("GetSecretValue"))).isEqualTo(single);
            proxy.mend();
            assertThat(text(client.read(Set.of(REF, OTHER)).get(OTHER))).isEqualTo("w");
        }
    }

    @Test
    void isUnavailableWhileTheServiceFails() throws Exception {
        try (SecretClient client = Fixture.at(proxy.address()).open(Specs.secretsManager())) {
            proxy.add(request -> true, Fault.json(500, "{\"__type\":\"InternalServiceError\"}"));
            assertThat(read(client, REF))
                    .isEqualTo(
                            new ReadOutcome.Unavailable<>(
                                    "Secrets Manager in eu-west-1 failed (InternalServiceError)"));
            proxy.mend();
            proxy.add(request -> true, Fault.html(404));
            assertThat(read(client, REF)).isInstanceOf(ReadOutcome.Unavailable.class);
            proxy.mend();
            assertThat(text(read(client, REF))).isEqualTo("v");
        }
    }

    @Test
    void isUnavailableWhereTheConnectionIsCut() throws Exception {
        for (Fault cut :
                Set.of(new Fault.CutBefore(), new Fault.CutAfter(), new Fault.CutInside(5))) {
            try (SecretClient client = Fixture.at(proxy.address()).open(Specs.secretsManager())) {
                proxy.add(request -> true, cut);
                assertThat(read(client, REF))
                        .as(cut.toString())
                        .isInstanceOf(ReadOutcome.Unavailable.class);
                proxy.mend();
                assertThat(text(read(client, REF))).isEqualTo("v");
            }
        }
    }

    @Test
    void triesAgainAsTheStoreSays() throws Exception {
        Fixture fixture =
                Fixture.at(proxy.address()).with(new RetrySettings(3, Duration.ofMillis(20)));
        try (SecretClient client = fixture.open(Specs.secretsManager())) {
            proxy.add(
                    FaultRule.of(
                                    request -> true,
                                    Fault.json(500, "{\"__type\":\"InternalServiceError\"}"))
                            .atMost(2));
            assertThat(text(read(client, REF))).isEqualTo("v");
        }
        assertThat(fixture.calls)
                .containsExactly(
                        "-AWS/SecretsManager GetSecretValue",
                        "-AWS/SecretsManager GetSecretValue",
                        "AWS/SecretsManager GetSecretValue");
    }

    @Test
    void isUnavailableWhereNobodyListens() throws Exception {
        FaultProxy gone = FaultProxy.before(moto.address(), "");
        gone.close();
        try (SecretClient client = Fixture.at(gone.address()).open(Specs.secretsManager())) {
            assertThat(read(client, REF))
                    .isEqualTo(
                            new ReadOutcome.Unavailable<>(
                                    "Secrets Manager in eu-west-1 cannot be reached: connection refused"));
        }
    }

    @Test
    void endsEarlyForAReaderThatIsInterrupted() throws Exception {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        try (SecretClient client = Fixture.at(proxy.address()).open(Specs.secretsManager())) {
            int before = proxy.count(request -> true);
            proxy.add(request -> true, new Fault.Silence());
            Thread reader =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    read(client, REF);
                                    interrupted.complete(false);
                                } catch (InterruptedException e) {
                                    interrupted.complete(true);
                                }
                            });
            await().until(() -> proxy.count(request -> true) > before);
            reader.interrupt();
            assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}

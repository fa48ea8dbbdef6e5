package dev.signet.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AwsEmulatorIT {

    private static final String LIST_SECRETS = "secretsmanager.ListSecrets";

    static Stream<Arguments> emulators() {
        Function<Binaries, AwsEmulator> moto = Moto::start;
        Function<Binaries, AwsEmulator> ministack = Ministack::start;
        return Stream.of(Arguments.of("moto", moto), Arguments.of("ministack", ministack));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("emulators")
    void servesUntilItIsClosed(String name, Function<Binaries, AwsEmulator> start) {
        int port;
        try (AwsEmulator emulator = start.apply(Binaries.discover())) {
            port = emulator.address().getPort();
            ApiReply reply =
                    JsonHttp.to(emulator.address(), "")
                            .with("X-Amz-Target", LIST_SECRETS)
                            .with(
                                    "Authorization",
                                    "AWS4-HMAC-SHA256 Credential=AKIA/20260101/eu-west-1/secretsmanager/aws4_request, SignedHeaders=host, Signature=0")
                            .send("POST", "/", Map.of(), "application/x-amz-json-1.1");
            assertThat(reply.status()).as(name).isEqualTo(200);
            assertThat(reply.body().path("SecretList").isArray()).isTrue();
        }
        assertThat(Ports.answers(port)).isFalse();
    }
}

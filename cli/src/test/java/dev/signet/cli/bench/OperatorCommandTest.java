package dev.signet.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OperatorCommandTest {

    private static final OperatorCommand.Places PLACES =
            new OperatorCommand.Places(Path.of("/tmp/kubeconfig"), 1234, 5678);

    private static OperatorCommand command(String command, @Nullable Path recording) {
        return OperatorCommand.of(
                new BenchSettings(10, Shape.COLD, 1, 7, Duration.ofMinutes(1), command, recording),
                PLACES);
    }

    @Test
    void ownOperatorIsStartedAsThisProcessWas() {
        OperatorCommand own = command("", null);

        assertThat(own.words())
                .startsWith(Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .endsWith(
                        "run",
                        "--concurrent=7",
                        "--allow-local-endpoints",
                        "--metrics-addr=127.0.0.1:1234",
                        "--live-addr=127.0.0.1:5678",
                        "--sealed-secrets-listen-address=0");
        assertThat(own.environment()).containsEntry("KUBECONFIG", "/tmp/kubeconfig");
        assertThat(own.tellsHealth()).isTrue();
    }

    @Test
    void recordingIsAskedForInTheEnvironmentOfTheLauncherToo() {
        OperatorCommand own = command("", Path.of("a.jfr"));

        assertThat(own.words()).contains("-XX:StartFlightRecording=settings=profile");
        assertThat(own.environment().get("SIGNET_JAVA_OPTS"))
                .contains("-XX:StartFlightRecording=settings=profile");
    }

    @Test
    void anotherOperatorIsToldWhereThingsAre() {
        OperatorCommand other =
                command("eso --metrics-addr=:{metrics-port} --kubeconfig={kubeconfig}", null);

        assertThat(other.words())
                .containsExactly(
                        "/bin/sh",
                        "-c",
                        "exec eso --metrics-addr=:1234 --kubeconfig=/tmp/kubeconfig");
        assertThat(other.tellsHealth()).isFalse();
        assertThat(command("eso --live-addr=:{health-port}", null).tellsHealth()).isTrue();
    }
}

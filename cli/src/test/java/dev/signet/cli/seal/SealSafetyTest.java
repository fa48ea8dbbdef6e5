package dev.signet.cli.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.signet.cli.manifest.ManifestReader;
import dev.signet.cli.seal.Sealer.Ended;
import dev.signet.cli.seal.dir.DirCommand;
import dev.signet.cli.seal.set.SetCommand;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not be lost, passed over or believed. */
class SealSafetyTest {

    private static final String SECRET =
            "metadata: {name: db, namespace: ns}\nstringData: {user: u}\n";

    @TempDir private Path folder;
    private Sealer sealer;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void files() {
        sealer = new Sealer(folder);
    }

    private SealContext context(String program, String input, OutputStream out) {
        return new SealContext(
                program,
                "1.2.3",
                Map.of("HOME", folder.toString()),
                new ByteArrayInputStream(input.getBytes(UTF_8)),
                new PrintStream(out, true, UTF_8),
                new PrintStream(new PrintableStream(err), true, UTF_8),
                Clock.systemUTC(),
                new SecureRandom());
    }

    private static OutputStream full() {
        return new OutputStream() {
            @Override
            public void write(int written) throws IOException {
                throw new IOException("No space left on device");
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--fetch-cert", "--version", "--help"})
    void outputThatIsLostIsAnError(String mode) {
        List<String> words = new ArrayList<>(List.of("--cert", folder + "/sealing.pem"));
        if (!mode.isEmpty()) {
            words.add(mode);
        }

        int status = new SealCommand(context(SealContext.KUBESEAL, SECRET, full())).run(words);

        assertThat(status).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("error: standard output could not be written");
    }

    @Test
    void lostOutputOfAFolderIsAnError() throws IOException {
        Path plain = Files.createDirectories(folder.resolve("local-secrets"));
        Files.writeString(plain.resolve("a.yaml"), "kind: Secret\n" + SECRET);

        int status =
                DirCommand.run(
                        context("signet seal", "", full()),
                        List.of("--dir=" + folder, "--cert=" + folder + "/sealing.pem"));

        assertThat(status).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"--raw", "--name=x", "-oyaml", "-wx.yaml", "--validate", "--merge-into=x"})
    void flagThatAFolderCannotHeedIsRefused(String flag) {
        int status =
                DirCommand.run(
                        context("signet seal", "", OutputStream.nullOutputStream()),
                        List.of("--dir=" + folder, flag));

        assertThat(status).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("has no effect here; see signet seal --dir DIR");
    }

    @Test
    void flagThatAValueCannotHeedIsRefused() {
        int status =
                SetCommand.run(
                        context("signet seal", "", OutputStream.nullOutputStream()),
                        List.of("K=V", "-wx.yaml", "--reseal"));

        assertThat(status).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("signet: --reseal has no effect here");
    }

    @Test
    void whatNobodyForesawIsOneLine() {
        int status =
                SealTools.run(
                        context("signet seal", "", OutputStream.nullOutputStream()),
                        "seal",
                        "",
                        List.of(),
                        List.of(),
                        tools -> {
                            throw new StackOverflowError("needle");
                        });

        assertThat(status).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .startsWith("signet: unexpected failure: StackOverflowError at ")
                .doesNotContain("needle")
                .hasLineCount(1);
    }

    @Test
    void terminalIsToldNoControlCharacters() {
        PrintStream out = new PrintStream(new PrintableStream(err), true, UTF_8);
        out.print("a\u001b[2J\u009bx\tgrün\n");

        assertThat(err.toString(UTF_8)).isEqualTo("a?[2J\u00a0x\tgrün\n");
    }

    @ParameterizedTest
    @CsvSource({
        "'k: !!binary aGVsbG8=', hello",
        "'k: !!binary \"aGVsbG8=\"', hello",
        "'k: !!binary |\n  aGVs\n  bG8=\n', hello"
    })
    void binaryOfYamlIsDecoded(String yaml, String value) {
        var read = ManifestReader.read(yaml.replace("\\n", "\n").getBytes(UTF_8));

        assertThat(read.documents().getFirst().tree().path("k").textValue()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aGVsbG8", "a-b=", "/w=="})
    void binaryThatIsNoTextIsAProblem(String base64) {
        var read = ManifestReader.read(("k: !!binary " + base64).getBytes(UTF_8));

        assertThat(read.documents()).isEmpty();
        assertThat(read.problems()).containsExactly("it is no YAML in the document of line 1");
    }

    @Test
    void nothingIsLostWhereTheResultTakesThePlaceOfTheInput() throws IOException {
        HttpServer server = controller();
        try {
            String address = "--server=http://127.0.0.1:" + server.getAddress().getPort();
            sealer.run(SECRET, "--cert=@sealing.pem", "-w@good.yaml");
            String good = sealer.file("good.yaml");
            sealer.write("part.yaml", good + "---\n{{- if .Values.x }}\na: b\n{{- end }}\n");
            sealer.write("none.yaml", "{{ x }}: {\n");
            for (String name : List.of("part.yaml", "none.yaml")) {
                String before = sealer.file(name);

                Ended ended = sealer.run("", address, "--re-encrypt", "-f@" + name);
                Ended named = sealer.run("", address, "--re-encrypt", "-f@" + name, "-w@./" + name);

                assertThat(ended.err()).contains("error: @" + name + " stays as it is: ");
                assertThat(List.of(ended.status(), named.status())).containsOnly(1);
                assertThat(sealer.file(name)).isEqualTo(before);
            }
            assertThat(sealer.run("", address, "--re-encrypt", "-f@good.yaml"))
                    .isEqualTo(new Ended(0, "", ""));
            assertThat(sealer.run("", address, "--validate", "-f@none.yaml").status()).isZero();
            assertThat(
                            sealer.as(Sealer.BY_ITSELF)
                                    .run("", address, "--validate", "-f@none.yaml")
                                    .status())
                    .isEqualTo(1);
        } finally {
            server.stop(0);
        }
    }

    /** Says yes to everything, and gives back what it got. */
    private static HttpServer controller() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] got = exchange.getRequestBody().readAllBytes();
                    byte[] answer =
                            got.length > 0
                                    ? got
                                    : "{\"spec\":{\"ports\":[{\"name\":\"http\"}]}}"
                                            .getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, answer.length);
                    try (OutputStream body = exchange.getResponseBody()) {
                        body.write(answer);
                    }
                });
        server.start();
        return server;
    }
}

package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts {@code signet} and {@code build}, in a copy of the folder that they live in. */
class LauncherIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> TOOLS =
            List.of("sh", "env", "sed", "readlink", "dirname", "basename", "find", "head", "touch");

    @TempDir Path folder;

    private Path home;
    private Path tools;

    @BeforeEach
    void copy() throws IOException {
        home = Files.createDirectories(folder.resolve("home with spaces"));
        Files.createDirectories(home.resolve(".mvn"));
        for (String file : List.of("signet", "build", ".mvn/find-jdk.sh")) {
            Files.copy(
                    ROOT.resolve(file),
                    home.resolve(file),
                    java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
        tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Path found = Path.of("/usr/bin", tool);
            Path program = Files.exists(found) ? found : Path.of("/bin", tool);
            Path file =
                    Files.writeString(
                            tools.resolve(tool), "#!/bin/sh\nexec " + program + " \"$@\"\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
    }

    private SignetProcess.Ended run(Map<String, String> environment, String... command) {
        try (SignetProcess process = SignetProcess.launch(folder, environment, List.of(command))) {
            return process.await();
        }
    }

    private Map<String, String> withoutJdk() {
        return Map.of(
                "PATH", tools.toString(),
                "JAVA_HOME", "",
                "SIGNET_JDK_SEARCH", folder.resolve("none").toString());
    }

    private Map<String, String> withJdk() {
        return Map.of("PATH", tools.toString(), "JAVA_HOME", System.getProperty("java.home"));
    }

    private void linkToWhatIsBuilt() throws IOException {
        Files.createDirectories(home.resolve("cli"));
        Files.createSymbolicLink(
                home.resolve("cli/target"), ROOT.resolve("cli/target").toAbsolutePath());
    }

    @Test
    void withoutAJdkItSaysWhatToInstall() {
        SignetProcess.Ended ended = run(withoutJdk(), home.resolve("signet").toString(), "version");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err())
                .isEqualTo(
                        """
                        signet: no JDK 25 or newer found (looked at JAVA_HOME, the PATH and the usual folders).
                        signet: install one, for example Temurin 25, and set JAVA_HOME to its folder.
                        """);
    }

    @Test
    void theBuildSaysTheSameWithoutAJdk() {
        SignetProcess.Ended ended = run(withoutJdk(), home.resolve("build").toString(), "verify");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("no JDK 25 or newer found").contains("set JAVA_HOME");
    }

    @Test
    void anOlderJdkIsPassedOver() throws IOException {
        Path old = Files.createDirectories(folder.resolve("jdks/old"));
        Files.createDirectories(old.resolve("bin"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"21.0.4\"\n");
        for (String program : List.of("java", "javac")) {
            assertThat(Files.createFile(old.resolve("bin/" + program)).toFile().setExecutable(true))
                    .isTrue();
        }
        Map<String, String> environment =
                Map.of(
                        "PATH", tools.toString(),
                        "JAVA_HOME", old.toString(),
                        "SIGNET_JDK_SEARCH", old.getParent().toString());

        assertThat(run(environment, home.resolve("signet").toString(), "version").err())
                .contains("no JDK 25 or newer found");
    }

    @Test
    void aJdkIsFoundInTheUsualFolders() throws IOException {
        linkToWhatIsBuilt();
        Path jdks = Files.createDirectories(folder.resolve("jdks"));
        Files.createSymbolicLink(
                jdks.resolve("jdk"), Path.of(System.getProperty("java.home")).toAbsolutePath());
        Map<String, String> environment =
                Map.of(
                        "PATH", tools.toString(),
                        "JAVA_HOME", "",
                        "SIGNET_JDK_SEARCH", jdks.toString());

        assertThat(run(environment, home.resolve("signet").toString(), "version").out())
                .startsWith("signet ");
    }

    @Test
    void withoutMavenItSaysWhatToInstall() throws IOException {
        Files.writeString(home.resolve("pom.xml"), "<project/>");

        SignetProcess.Ended ended = run(withJdk(), home.resolve("signet").toString(), "version");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err())
                .isEqualTo(
                        "signet: not built yet, and Maven ('mvn') is not on the PATH; install Maven 3.8.6 or newer\n");
        assertThat(run(withJdk(), home.resolve("build").toString(), "verify").status())
                .isEqualTo(2);
    }

    @Test
    void withoutSourceAndJarItSaysSo() {
        SignetProcess.Ended ended = run(withJdk(), home.resolve("signet").toString(), "version");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).contains("is missing and there is no source to build it from");
    }

    @Test
    void linkToItWorksFromAnywhere() throws IOException {
        linkToWhatIsBuilt();
        Path link = Files.createSymbolicLink(folder.resolve("link"), home.resolve("signet"));
        Path linkToLink = Files.createSymbolicLink(folder.resolve("again"), Path.of("link"));

        SignetProcess.Ended ended = run(withJdk(), linkToLink.toString(), "version", "-o", "json");

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).matches("\\{\"signet\":\"[^\"]+\",\"java\":\"[^\"]+\"}\n");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void linkNamedKubesealIsKubeseal() throws IOException {
        linkToWhatIsBuilt();
        Path link = Files.createSymbolicLink(folder.resolve("kubeseal"), home.resolve("signet"));
        Path secret =
                Files.writeString(
                        folder.resolve("secret.yaml"),
                        "metadata: {name: a, namespace: b}\nstringData: {c: d}\n");
        Path certificate = ROOT.resolve("cli/src/test/resources/dev/signet/cli/seal/sealing.pem");

        SignetProcess.Ended sealed =
                run(withJdk(), link.toString(), "--cert=" + certificate, "-oyaml", "-f" + secret);
        SignetProcess.Ended wrong = run(withJdk(), link.toString(), "--nope");

        assertThat(sealed.err()).isEmpty();
        assertThat(sealed.out()).startsWith("---\n").contains("    c: AQ");
        assertThat(wrong.status()).isEqualTo(Main.WRONG_USAGE);
        assertThat(wrong.err()).isEqualTo("Usage of kubeseal:\n");
    }

    @Test
    void argumentsKeepTheirLettersWithoutALocale() throws IOException {
        linkToWhatIsBuilt();
        Map<String, String> environment = new HashMap<>(withJdk());
        environment.putAll(Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", ""));

        SignetProcess.Ended ended =
                run(
                        environment,
                        "sh",
                        "-c",
                        "'%s' check \"$(printf 'gr\\303\\274n')\""
                                .formatted(home.resolve("signet")));

        assertThat(ended.err()).isEqualTo("signet: grün is not there; check the path\n");
    }

    @Test
    void exitCodeIsTheOneOfTheCommand() throws IOException {
        linkToWhatIsBuilt();

        assertThat(run(withJdk(), home.resolve("signet").toString(), "nope").status())
                .isEqualTo(Main.WRONG_USAGE);
    }

    @Test
    void outputThatCannotBeWrittenIsAFailure() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        linkToWhatIsBuilt();

        SignetProcess.Ended ended =
                run(withJdk(), "sh", "-c", "'%s' crds >%s".formatted(home.resolve("signet"), full));

        assertThat(ended.status()).isEqualTo(Main.FAILED);
        assertThat(ended.err()).startsWith("signet: standard output cannot be written");
    }

    @Test
    void ciRunsTheCommandThatTheReadmeNames() throws IOException {
        String command = "./build verify";
        String withFaults = command + " -Pfaults";

        assertThat(ROOT.resolve(".ci/run")).content().endsWith("exec " + withFaults + "\n");
        assertThat(ROOT.resolve("README.md"))
                .content()
                .contains("\n" + command + "\n")
                .contains("`" + withFaults + "`");
    }
}

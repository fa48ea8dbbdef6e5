package dev.signet.cli.seal.dir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.cli.git.Git;
import dev.signet.sealed.KeyGenerator;
import dev.signet.sealed.Scope;
import dev.signet.sealed.SealingCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a folder must not lose, change or give away. */
class FolderGuardTest {

    private static final String SECRET =
            "kind: Secret\nmetadata: {name: db, namespace: dev}\nstringData: {k: v}\n";
    private static final String OTHER =
            "---\nkind: SealedSecret\napiVersion: bitnami.com/v1alpha1\nmetadata: {name: other, namespace: dev}\nspec: {encryptedData: {k: AgA}}\n";

    private static SealingCertificate first;
    private static SealingCertificate second;

    @TempDir private Path temporary;
    private Path folder;
    private Path plain;
    private Path sealed;
    private final GivenMeans means = new GivenMeans();
    private List<String> notes = List.of();

    @BeforeAll
    static void makeKeys() {
        KeyGenerator generator = new KeyGenerator(Clock.systemUTC(), new SecureRandom());
        first = generator.generate("a", 2048, Duration.ofDays(1), "").certificate();
        second = generator.generate("b", 2048, Duration.ofDays(1), "").certificate();
    }

    @BeforeEach
    void write() throws IOException {
        folder = Files.createDirectories(temporary.resolve("app"));
        plain = Files.createDirectories(folder.resolve("local-secrets")).resolve("a.yaml");
        Files.writeString(plain, SECRET);
        sealed = folder.resolve("templates/sealed-a.yaml");
        means.certificate = first;
    }

    private List<Outcome> seal() throws Exception {
        FolderSealer sealer = new FolderSealer(means, false, new SecureRandom());
        try {
            return sealer.seal(folder);
        } finally {
            notes = sealer.notes();
        }
    }

    private void refuses(String message) {
        assertThatThrownBy(this::seal)
                .isInstanceOf(FolderException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                OTHER,
                "---\nkind: ConfigMap\napiVersion: v1\nmetadata: {name: x}\n",
                "---\n{{- if .Values.x }}\na: b\n{{- end }}\n"
            })
    void whatIsOfNoPlaintextInASealedFileStays(String added) throws Exception {
        seal();
        Files.writeString(sealed, Files.readString(sealed) + added);
        byte[] before = Files.readAllBytes(sealed);

        refuses("templates/sealed-a.yaml");
        assertThat(sealed).hasBinaryContent(before);
    }

    @Test
    void whatOthersSealedIsTheirsAfterTheFirstRunToo() throws Exception {
        seal();
        Path others = Files.writeString(folder.resolve("templates/sealed-b.yaml"), OTHER);
        Files.delete(folder.resolve("local-secrets/" + SealMemory.FILE));
        seal();
        assertThat(notes).anyMatch(note -> note.contains("sealed-b.yaml has no plaintext"));
        seal();
        Files.writeString(
                folder.resolve("local-secrets/b.yaml"), SECRET.replace("name: db", "name: redis"));

        refuses("holds SealedSecret dev/other");
        assertThat(others).hasContent(OTHER);
    }

    @Test
    void aValueWhosePlaintextWasAwayStaysAsItIs() throws Exception {
        seal();
        byte[] before = Files.readAllBytes(sealed);
        Files.writeString(
                folder.resolve("local-secrets/c.yaml"), SECRET.replace("name: db", "name: c"));
        Path away = Files.move(plain, temporary.resolve("away"));
        seal();
        Files.move(away, plain);
        seal();

        assertThat(sealed).hasBinaryContent(before);
    }

    @Test
    void finalizersStayAndLostCommentsAreTold() throws Exception {
        seal();
        Files.writeString(
                sealed,
                "# owner: team x\n"
                        + Files.readString(sealed)
                                .replaceFirst("metadata:\n", "metadata:\n  finalizers: [a.b/c]\n"));
        Files.writeString(plain, SECRET.replace("k: v", "k: other"));
        seal();

        assertThat(Files.readString(sealed)).contains("a.b/c");
        assertThat(notes).anyMatch(note -> note.contains("without its comments"));
    }

    @Test
    void namesAreHarmlessOnlyWithTheEndingOfAText() throws Exception {
        Files.writeString(
                folder.resolve("local-secrets/readme-bot.yaml"),
                SECRET.replace("name: db", "name: bot"));
        Files.writeString(folder.resolve("local-secrets/.hidden.yaml"), SECRET);
        Files.writeString(folder.resolve("local-secrets/README.md"), "x");
        seal();

        assertThat(folder.resolve("templates/sealed-readme-bot.yaml")).exists();
        assertThat(notes)
                .anyMatch(note -> note.contains(".hidden.yaml"))
                .noneMatch(note -> note.contains("README"));
    }

    @Test
    void ignoreFileInAnyLettersIsAddedTo() throws Exception {
        Git.init(folder);
        Files.write(folder.resolve(".gitignore"), new byte[] {'#', (byte) 0xFC, '\n'});
        seal();

        assertThat(folder.resolve(".gitignore"))
                .hasBinaryContent(
                        "#\u00FC\nlocal-secrets/\n"
                                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    @Test
    void templatesOfValuesStay() throws Exception {
        seal();
        Files.writeString(
                sealed,
                Files.readString(sealed)
                        .replace("  template:\n", "  template:\n    data:\n      url: x\n"));
        Files.writeString(plain, SECRET.replace("k: v", "k: other"));
        seal();

        assertThat(Files.readString(sealed)).contains("    data:\n      url: x\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {".*\n", " local-secrets/\n", "local-secrets/\n!local-secrets/\n", "*.yml\n"})
    void plaintextIsLeftOutWhateverTheIgnoreFileSaid(String ignored) throws Exception {
        Git git = Git.init(folder);
        Files.writeString(folder.resolve(".gitignore"), ignored);
        seal();

        assertThat(Files.readString(folder.resolve(".gitignore")))
                .isEqualTo(ignored + "local-secrets/\n");
        git.run("add", ".");
        seal();
    }

    @Test
    void ignoreFileThatIsALinkIsRefused() throws IOException {
        Git.init(folder);
        Path other = Files.writeString(temporary.resolve("other"), "x\n");
        Files.createSymbolicLink(folder.resolve(".gitignore"), other);

        refuses(".gitignore is a symbolic link");
        assertThat(other).hasContent("x");
        assertThat(sealed).doesNotExist();
    }

    @Test
    void gitThatDoesNotAnswerIsNoLeave() throws IOException {
        Files.createDirectories(folder.resolve(".git"));

        refuses("Git does not tell");
        assertThat(sealed).doesNotExist();
    }

    @Test
    void whateverIsTrackedBesideThePlaintextIsRefused() throws Exception {
        Git git = Git.init(folder);
        Files.writeString(plain.resolveSibling("README.md"), "what is to be put here\n");
        git.run("add", "local-secrets/README.md");
        seal();
        Files.writeString(plain.resolveSibling("password.txt"), "v\n");
        git.run("add", "-f", "local-secrets/password.txt");

        refuses("password.txt is tracked by Git");
    }

    @Test
    void trackedPlaintextIsSeenThroughALink() throws Exception {
        Git.init(folder).run("add", "local-secrets");
        Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
        folder = link;

        refuses("a.yaml is tracked by Git");
    }

    @Test
    void linksOutOfTheFolderAreNotWrittenThrough() throws Exception {
        Path other = Files.writeString(temporary.resolve("config"), "---\n");
        Files.createDirectories(folder.resolve("templates"));
        Files.createSymbolicLink(sealed, other);
        refuses("symbolic link");
        assertThat(other).hasContent("---");

        Files.delete(sealed);
        Files.move(folder.resolve("local-secrets"), temporary.resolve("moved"));
        Files.createSymbolicLink(folder.resolve("local-secrets"), temporary.resolve("moved"));
        refuses("local-secrets is a symbolic link");
    }

    @Test
    void renamedPlaintextDoesNotLeaveAnObjectInTwoFiles() throws Exception {
        seal();
        Path renamed = plain.resolveSibling("b.yaml");
        Files.move(plain, renamed);
        refuses("sealed-a.yaml holds SealedSecret dev/db, which belongs into");

        Path target = sealed.resolveSibling("sealed-b.yaml");
        Files.move(sealed, target);
        assertThat(seal().getFirst().text()).isEqualTo(target + ": unchanged");
    }

    @Test
    void sealedFileOfDeletedPlaintextIsToldUntilItIsGone() throws Exception {
        Files.writeString(plain.resolveSibling("b.yaml"), SECRET.replace("db", "other"));
        seal();
        Files.delete(plain.resolveSibling("b.yaml"));
        seal();
        assertThat(notes).anyMatch(note -> note.contains("sealed-b.yaml has no plaintext"));
        seal();
        assertThat(notes).anyMatch(note -> note.contains("sealed-b.yaml has no plaintext"));

        Files.delete(sealed.resolveSibling("sealed-b.yaml"));
        seal();
        assertThat(notes).isEmpty();
    }

    @Test
    void oneSecretInTwoFilesIsRefused() throws IOException {
        Files.writeString(plain.resolveSibling("b.yaml"), SECRET);
        refuses("Secret dev/db is in");
    }

    @Test
    void numberWithoutQuotesIsRefused() throws IOException {
        Files.writeString(plain, SECRET.replace("k: v", "PIN: 0123456"));
        refuses("stringData.PIN of Secret db is a number or boolean");
        assertThat(sealed).doesNotExist();
    }

    @Test
    void scopeAndNamespaceOfTheCommandLineCount() throws Exception {
        means.demanded = "prod";
        refuses("namespace mismatch: Secret db is in namespace dev but prod was specified");
        means.demanded = "dev";
        means.scope = Scope.NAMESPACE_WIDE;
        seal();

        assertThat(Files.readString(sealed))
                .contains("sealedsecrets.bitnami.com/namespace-wide: \"true\"");
    }

    @Test
    void anotherContextDoesNotMoveASecret() throws Exception {
        Files.writeString(plain, SECRET.replace(", namespace: dev", ""));
        seal();
        assertThat(notes).anyMatch(note -> note.contains("sealed for namespace assumed"));

        means.namespace = "default";
        assertThat(seal().getFirst().written()).isFalse();
        means.demanded = "prod";
        assertThat(seal().getFirst().sealed()).containsExactly("db/k");
    }

    @Test
    void keyThatTheClusterHasLostIsToldThoughNothingChanged() throws Exception {
        seal();
        means.atHand = first;
        seal();
        assertThat(notes).isEmpty();
        means.atHand = second;

        assertThat(seal().getFirst().written()).isFalse();
        assertThat(notes).anyMatch(note -> note.contains("--reseal"));
    }

    @Test
    void whatIsNotSealedIsTold() throws Exception {
        Files.move(plain, plain.resolveSibling("a.YAML"));
        Files.writeString(plain.resolveSibling("app.env"), "A=b\n");
        Files.createDirectories(plain.resolveSibling("prod"));

        assertThat(seal()).extracting(Outcome::file).containsExactly(sealed);
        assertThat(notes)
                .anyMatch(note -> note.contains("app.env is not sealed"))
                .anyMatch(note -> note.contains("prod is not sealed"));
    }
}

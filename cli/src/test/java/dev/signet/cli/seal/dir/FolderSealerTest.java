package dev.signet.cli.seal.dir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.cli.git.Git;
import dev.signet.sealed.KeyGenerator;
import dev.signet.sealed.SealingCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSealerTest {

    private static final String SECRET =
            """
            apiVersion: v1
            kind: Secret
            metadata:
              name: litellm-secrets
              namespace: litellm
              labels: {app: litellm}
            type: Opaque
            stringData:
              MASTER_KEY: hunter2
              SALT: salt
            """;

    private static SealingCertificate first;
    private static SealingCertificate second;

    @TempDir private Path folder;
    private Path plaintext;
    private Path sealed;
    private final GivenMeans means = new GivenMeans();
    private List<String> notes = List.of();
    private Optional<String> problem = Optional.empty();

    @BeforeAll
    static void makeKeys() {
        KeyGenerator generator = new KeyGenerator(Clock.systemUTC(), new SecureRandom());
        first = generator.generate("a", 2048, Duration.ofDays(1), "").certificate();
        second = generator.generate("b", 2048, Duration.ofDays(1), "").certificate();
    }

    @BeforeEach
    void write() throws IOException {
        plaintext = Files.createDirectories(folder.resolve("local-secrets"));
        Files.writeString(plaintext.resolve("litellm.yaml"), SECRET);
        sealed = folder.resolve("templates/sealed-litellm.yaml");
    }

    private List<Outcome> seal(SealingCertificate certificate, boolean reseal) throws Exception {
        means.certificate = certificate;
        FolderSealer sealer = new FolderSealer(means, reseal, new SecureRandom());
        List<Outcome> outcomes = sealer.seal(folder);
        notes = sealer.notes();
        problem = sealer.problem();
        return outcomes;
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(sealed);
    }

    private void change(String from, String to) throws IOException {
        Path file = plaintext.resolve("litellm.yaml");
        Files.writeString(file, Files.readString(file).replace(from, to));
    }

    @Test
    void sealsOnceAndNeedsNoCertificateWhileNothingChanges() throws Exception {
        assertThat(seal(first, false).getFirst().text())
                .isEqualTo(sealed + ": sealed litellm-secrets/MASTER_KEY, litellm-secrets/SALT");
        byte[] before = Files.readAllBytes(sealed);

        assertThat(seal(second, false).getFirst().text()).isEqualTo(sealed + ": unchanged");

        assertThat(sealed).hasBinaryContent(before);
        assertThat(means.asked).isEqualTo(1);
    }

    @Test
    void aChangedValueIsTheOnlyLineThatChanges() throws Exception {
        seal(first, false);
        List<String> before = lines();
        change("hunter2", "hunter3");

        assertThat(seal(second, false).getFirst().sealed())
                .containsExactly("litellm-secrets/MASTER_KEY");

        List<String> after = lines();
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i).strip().startsWith("MASTER_KEY")) {
                assertThat(after.get(i)).isNotEqualTo(before.get(i));
            } else {
                assertThat(after.get(i)).isEqualTo(before.get(i));
            }
        }
        assertThat(notes).noneMatch(note -> note.contains("hunter"));
    }

    @Test
    void removedValuesAndTheTemplateFollow() throws Exception {
        seal(first, false);
        String salt = lines().stream().filter(l -> l.contains("SALT")).findFirst().orElseThrow();
        change("  MASTER_KEY: hunter2\n", "");
        change("app: litellm", "app: other");

        assertThat(seal(first, false).getFirst().removed())
                .containsExactly("litellm-secrets/MASTER_KEY");

        assertThat(Files.readString(sealed))
                .doesNotContain("MASTER_KEY")
                .contains("app: other")
                .contains(salt);
    }

    @Test
    void aChangedNameOrScopeSealsAnew() throws Exception {
        seal(first, false);
        change("name: litellm-secrets", "name: renamed");
        Outcome renamed = seal(first, false).getFirst();
        assertThat(renamed.sealed()).hasSize(2);
        assertThat(renamed.removed()).containsExactly("litellm-secrets");
        change(
                "  labels:",
                "  annotations: {sealedsecrets.bitnami.com/namespace-wide: \"true\"}\n  labels:");
        assertThat(seal(first, false).getFirst().sealed()).hasSize(2);
    }

    @Test
    void anotherCertificateChangesNothingUnlessAsked() throws Exception {
        seal(first, false);
        List<String> before = lines();
        change("SALT: salt", "SALT: pepper");
        seal(second, false);
        assertThat(notes).anyMatch(note -> note.contains("--reseal"));

        assertThat(seal(second, true).getFirst().sealed()).hasSize(2);
        assertThat(lines())
                .doesNotContainAnyElementsOf(
                        before.stream().filter(l -> l.contains("KEY")).toList());
    }

    @Test
    void lostMemorySealsAnewAndSaysSo() throws Exception {
        seal(first, false);
        Files.delete(plaintext.resolve(".sealed-state"));

        assertThat(seal(first, false).getFirst().sealed()).hasSize(2);
        assertThat(notes).anyMatch(note -> note.contains("sealed anew"));
    }

    @Test
    void memoryIsForTheOwnerAndHoldsNoValue() throws Exception {
        seal(first, false);
        Path state = plaintext.resolve(".sealed-state");

        assertThat(Files.readString(state)).doesNotContain("hunter2").doesNotContain("salt");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rw-------");
    }

    @Test
    void everyDocumentOfAFileAndTheMissingNamespaceAreThere() throws Exception {
        Files.writeString(
                plaintext.resolve("litellm.yaml"),
                SECRET + "---\nkind: Secret\nmetadata: {name: two}\ndata: {k: dg==}\n");
        seal(first, false);

        assertThat(Files.readString(sealed))
                .containsOnlyOnce("name: two\n  namespace: assumed\nspec")
                .contains("name: litellm-secrets");
    }

    @Test
    void ownAnnotationsOfTheSealedSecretStay() throws Exception {
        seal(first, false);
        Files.writeString(
                sealed,
                Files.readString(sealed)
                        .replaceFirst(
                                "metadata:\n",
                                "metadata:\n  annotations:\n    argocd.argoproj.io/sync-wave: \"1\"\n"));
        assertThat(seal(first, false).getFirst().written()).isFalse();
        change("SALT: salt", "SALT: pepper");
        seal(first, false);

        assertThat(Files.readString(sealed)).contains("argocd.argoproj.io/sync-wave: \"1\"");
    }

    @Test
    void expressionsOfHelmAreRefused() throws IOException {
        change("app: litellm", "app: \"{{ x }}\"");

        assertThatThrownBy(() -> seal(first, false))
                .isInstanceOf(FolderException.class)
                .hasMessageContaining("labels.app of Secret litellm-secrets holds {{");
        assertThat(sealed).doesNotExist();
    }

    @Test
    void otherKindsAndEmptySecretsAreRefused() throws IOException {
        Files.writeString(plaintext.resolve("x.yaml"), "kind: ConfigMap\ndata: {a: b}\n");
        assertThatThrownBy(() -> seal(first, false)).hasMessageContaining("holds a ConfigMap");
        Files.writeString(plaintext.resolve("x.yaml"), "kind: Secret\nmetadata: {name: a}\n");
        assertThatThrownBy(() -> seal(first, false)).hasMessageContaining("has no value");
        Files.writeString(plaintext.resolve("x.yaml"), "a: [\n");
        assertThatThrownBy(() -> seal(first, false)).hasMessageContaining("x.yaml: it is no YAML");
    }

    @Test
    void ignoreFilesAreWrittenOnce() throws Exception {
        Files.writeString(folder.resolve(".gitignore"), "*.log");
        Files.writeString(folder.resolve("Chart.yaml"), "name: x\n");
        seal(first, false);
        seal(first, false);

        assertThat(folder.resolve(".gitignore")).hasContent("*.log\nlocal-secrets/\n");
        assertThat(folder.resolve(".helmignore")).hasContent("local-secrets/\n");
    }

    @Test
    void whatGitIgnoresAlreadyNeedsNoLine() throws Exception {
        Git.init(folder);
        Files.writeString(folder.resolve(".git/info/exclude"), "local-secrets\n");
        seal(first, false);

        assertThat(folder.resolve(".gitignore")).doesNotExist();
    }

    @Test
    void plaintextInGitIsRefusedWithTheRemedy() throws Exception {
        Git git = Git.init(folder);
        git.run("add", "local-secrets");

        assertThatThrownBy(() -> seal(first, false))
                .isInstanceOf(FolderException.class)
                .hasMessageContaining("litellm.yaml is tracked by Git")
                .hasMessageContaining("git rm --cached");
        assertThat(sealed).doesNotExist();

        git.run("rm", "-q", "--cached", "local-secrets/litellm.yaml");
        Files.createDirectories(folder.resolve("templates"));
        Files.writeString(folder.resolve("templates/secret.yaml"), SECRET);
        git.run("add", "templates");
        assertThat(seal(first, false).getFirst().written()).isTrue();
        assertThat(problem.orElseThrow()).contains("Secret litellm-secrets holds plaintext keys");
        assertThat(sealed).exists();
    }
}

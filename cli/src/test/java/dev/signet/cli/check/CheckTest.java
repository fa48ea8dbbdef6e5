package dev.signet.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.cli.git.Git;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {

    private static final String SECRET =
            "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {password: hunter2, user: u}\n";

    @TempDir private Path folder;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private List<String> found() throws IOException {
        return Check.findings(List.of(folder)).stream()
                .map(f -> folder.relativize(f.file()) + (f.staged() ? " staged" : ""))
                .toList();
    }

    @Test
    void tellsFileLineNameAndKeysAndNoValue() throws IOException {
        Path file = write("app/secret.yaml", SECRET);

        assertThat(Check.findings(List.of(folder)))
                .singleElement()
                .extracting(Finding::text)
                .isEqualTo(
                        "%s:4: Secret db holds plaintext keys password, user: seal it with: signet seal -f %s -w %s; then remove it"
                                .formatted(file, file, file.resolveSibling("sealed-secret.yaml")));
    }

    @Test
    void sendsTemplatesOfAChartToItsFolderOfPlaintext() throws IOException {
        write("chart/templates/secret.yaml", SECRET);

        assertThat(Check.findings(List.of(folder)).getFirst().remedy())
                .isEqualTo(
                        "move it to %1$s/local-secrets and seal it with: signet seal --dir %1$s"
                                .formatted(folder.resolve("chart")));
    }

    @Test
    void withoutGitLooksAtAllButPlaintextFoldersAndOtherFiles() throws IOException {
        write("a.yaml", SECRET);
        write("b.json", "{\"kind\": \"Secret\", \"data\": {\"k\": \"dg==\"}}");
        write("c.yaml.bak", SECRET);
        write("local-secrets/d.yaml", SECRET);
        write(".git-not/e.yml", SECRET);
        write("f.md", SECRET);
        Files.write(folder.resolve("g.yaml"), ("\0" + SECRET).getBytes(StandardCharsets.UTF_8));

        assertThat(found())
                .containsExactlyInAnyOrder("a.yaml", "b.json", "c.yaml.bak", ".git-not/e.yml");
    }

    @Test
    void readsWhatPowerShellWrites() throws IOException {
        Files.write(
                folder.resolve("a.yaml"), ("\uFEFF" + SECRET).getBytes(StandardCharsets.UTF_16LE));

        assertThat(found()).containsExactly("a.yaml");
    }

    @Test
    void inARepositoryLooksAtWhatIsTrackedOrStaged() throws IOException {
        Git git = Git.init(folder);
        write(".gitignore", "ignored/\n");
        write("ignored/a.yaml", SECRET);
        write("untracked.yaml", SECRET);
        write("staged ä.yaml", SECRET);
        write("committed.yaml", SECRET);
        git.run("add", "committed.yaml", ".gitignore");
        git.run("commit", "-qm", "x");
        git.run("add", "staged ä.yaml");

        assertThat(found()).containsExactlyInAnyOrder("committed.yaml", "staged ä.yaml");
    }

    @Test
    void seesWhatIsStagedThoughTheFileWasChangedSince() throws IOException {
        Git git = Git.init(folder);
        write("a.yaml", SECRET);
        write("b.yaml", SECRET);
        git.run("add", "a.yaml", "b.yaml");
        write("a.yaml", "kind: ConfigMap\n");
        Files.delete(folder.resolve("b.yaml"));

        assertThat(found()).containsExactlyInAnyOrder("a.yaml staged", "b.yaml staged");
    }

    @Test
    void tellsOnceWhatIsOnDiskAndStaged() throws IOException {
        Git git = Git.init(folder);
        write("a.yaml", SECRET);
        git.run("add", "a.yaml");
        write("a.yaml", SECRET + "# more\n");

        assertThat(found()).containsExactly("a.yaml");
    }

    @Test
    void aFileThatIsNamedIsLookedAtEvenIfGitDoesNotKnowIt() throws IOException {
        Git.init(folder);
        Path file = write("untracked.yaml", SECRET);

        assertThat(Check.findings(List.of(file))).hasSize(1);
        assertThat(found()).isEmpty();
    }

    @Test
    void plaintextThatGitTracksHasToLeaveGit() throws IOException {
        Git git = Git.init(folder);
        Path file = write("app/local-secrets/x.yaml", SECRET);
        git.run("add", "app");

        assertThat(Check.findings(List.of(folder)).getFirst().remedy())
                .isEqualTo(
                        "take it out of Git with: git rm --cached %s; then seal it with: signet seal --dir %s"
                                .formatted(file, folder.resolve("app")));
    }

    @Test
    void whatGitWasToldNotToLookAtIsJudgedAsItIsStaged() throws IOException {
        Git git = Git.init(folder);
        for (String name : List.of("skipped.yaml", "assumed.yaml", "left out.yaml")) {
            write(name, SECRET);
        }
        git.run("add", ".");
        git.run("update-index", "--skip-worktree", "skipped.yaml", "left out.yaml");
        git.run("update-index", "--assume-unchanged", "assumed.yaml");
        write("skipped.yaml", "kind: ConfigMap\n");
        write("assumed.yaml", "kind: ConfigMap\n");
        Files.delete(folder.resolve("left out.yaml"));

        assertThat(found()).containsExactlyInAnyOrder("skipped.yaml staged", "assumed.yaml staged");
    }

    @Test
    void whatStandsBesideOthersIsNotSealedWithThem() throws IOException {
        write("a.yaml", SECRET + "---\nkind: ConfigMap\nmetadata: {name: x}\n");
        write("b c.yaml", SECRET);

        assertThat(Check.findings(List.of(folder)))
                .extracting(Finding::remedy)
                .anyMatch(remedy -> remedy.startsWith("move it to a file of its own"))
                .anyMatch(remedy -> remedy.contains("/b c.yaml' -w '"));
    }

    @Test
    void whereGitCannotBeAskedNothingIsTakenForClean() throws IOException {
        write(".git", "nothing that git knows\n");
        write("local-secrets/x.yaml", SECRET);

        assertThatThrownBy(this::found)
                .isInstanceOf(GitSilentException.class)
                .hasMessageContaining("run this where git works");
    }

    @Test
    void aLinkThatIsNamedIsFollowed() throws IOException {
        Git git = Git.init(folder);
        write("v1/a.yaml", SECRET);
        git.run("add", "v1");
        Path link = Files.createSymbolicLink(folder.resolve("current"), Path.of("v1"));

        assertThat(Check.findings(List.of(link)))
                .extracting(Finding::file)
                .containsExactly(folder.resolve("v1/a.yaml"));
    }

    @Test
    void whatAFilterOfGitEncryptsIsNoFinding() throws IOException {
        Git git = Git.init(folder);
        git.run("config", "filter.hide.clean", "tr a-zA-Z n-za-mN-ZA-M");
        write(".gitattributes", "hidden.yaml filter=hide\n");
        write("hidden.yaml", SECRET);
        write("open.yaml", SECRET);
        git.run("add", ".");

        assertThat(found()).containsExactly("open.yaml");
    }
}

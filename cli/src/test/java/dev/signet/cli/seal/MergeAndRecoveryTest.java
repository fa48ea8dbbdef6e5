package dev.signet.cli.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.cli.seal.Sealer.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with sealed values, changed and opened again. */
class MergeAndRecoveryTest {

    private static final String FIRST = "metadata: {name: db}\nstringData: {user: u}\n";
    private static final String SECOND =
            "metadata: {name: other, labels: {added: x}}\nstringData: {password: needle}\n";

    @TempDir Path folder;

    private Sealer sealer;

    @BeforeEach
    void files() {
        sealer = new Sealer(folder);
    }

    private void seal(String file, String scope) {
        Ended ended =
                sealer.run(FIRST, "--cert=@sealing.pem", "-nns", "--scope=" + scope, "-w@" + file);
        assertThat(ended.err()).isEmpty();
    }

    private Ended open(String file, String key) {
        return sealer.run(
                "",
                "--recovery-unseal",
                "--recovery-private-key",
                "@" + key,
                "-f@" + file,
                "-oyaml");
    }

    @ParameterizedTest
    @CsvSource({"a.yaml, ---", "a.json, {"})
    void mergingKeepsTheFormatOfTheFileAndAddsLabels(String file, String start) {
        seal(file, "strict");

        Ended ended = sealer.run(SECOND, "--cert=@sealing.pem", "--merge-into=@" + file);

        assertThat(ended).isEqualTo(new Ended(0, "", ""));
        assertThat(sealer.file(file)).startsWith(start);
        assertThat(open(file, "sealing-key.pem").out())
                .contains("password: bmVlZGxl", "user: dQ==", "added: x", "  name: db\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"namespace-wide", "cluster-wide"})
    void mergedValuesAreOfTheScopeOfTheFile(String scope) {
        seal("a.yaml", scope);

        assertThat(sealer.run(SECOND, "--cert=@sealing.pem", "--merge-into=@a.yaml").status())
                .isZero();

        assertThat(open("a.yaml", "sealing-key.pem").out()).contains("password: bmVlZGxl");
    }

    @ParameterizedTest
    @CsvSource({"strict, cluster-wide", "cluster-wide, strict", "namespace-wide, cluster-wide"})
    void valuesOfAnotherScopeAreRefused(String ofFile, String asked) {
        seal("a.yaml", ofFile);
        String before = sealer.file("a.yaml");

        Ended ended =
                sealer.run(
                        SECOND, "--cert=@sealing.pem", "--merge-into=@a.yaml", "--scope=" + asked);

        assertThat(ended.err())
                .isEqualTo(
                        "error: @a.yaml is sealed %s and the values to merge would be %s, which could not be opened together; use --scope %s, or seal them into a file of their own\n"
                                .formatted(ofFile, asked, ofFile));
        assertThat(sealer.file("a.yaml")).isEqualTo(before);
    }

    @Test
    void mergingIntoAFileOfSeveralDocumentsIsRefused() {
        seal("a.yaml", "strict");
        sealer.write("b.yaml", sealer.file("a.yaml") + sealer.file("a.yaml"));

        assertThat(sealer.run(SECOND, "--cert=@sealing.pem", "--merge-into=@b.yaml").err())
                .contains("holds 2 documents");
    }

    @Test
    void mergingIntoAPlainSecretIsRefusedWithoutAWordOfIt() {
        sealer.write("plain.yaml", "apiVersion: v1\nkind: Secret\n" + SECOND);

        Ended ended = sealer.run(SECOND, "--cert=@sealing.pem", "--merge-into=@plain.yaml");

        assertThat(ended.err())
                .startsWith("error: no kind \"Secret\" is known in version \"v1\"")
                .doesNotContain("needle");
    }

    @Test
    void recoveredSecretIsPrintedAsKubesealPrintsIt() {
        seal("a.yaml", "strict");

        assertThat(open("a.yaml", "sealing-key.pem").out())
                .isEqualTo(
                        """
                        ---
                        apiVersion: v1
                        data:
                          user: dQ==
                        kind: Secret
                        metadata:
                          name: db
                          namespace: ns
                          ownerReferences:
                          - apiVersion: bitnami.com/v1alpha1
                            controller: true
                            kind: SealedSecret
                            name: db
                            uid: ""
                        """);
    }

    @Test
    void keysAreReadFromBackupsOfTheController() {
        seal("a.yaml", "strict");
        String key =
                Base64.getEncoder().encodeToString(sealer.file("sealing-key.pem").getBytes(UTF_8));
        sealer.write("one.yaml", "kind: Secret\ndata: {tls.key: %s}\n".formatted(key));
        sealer.write(
                "list.json",
                "{\"kind\": \"List\", \"items\": [{\"kind\": \"Secret\", \"data\": {\"tls.key\": \"%s\"}}]}"
                        .formatted(key));

        assertThat(open("a.yaml", "one.yaml").out()).contains("user: dQ==");
        assertThat(open("a.yaml", "list.json").out()).contains("user: dQ==");
    }

    @Test
    void withoutTheKeyNothingIsOpened() {
        seal("a.yaml", "strict");

        assertThat(sealer.run("", "--recovery-unseal", "-f@a.yaml"))
                .isEqualTo(new Ended(1, "", "error: no key could decrypt secret (user)\n"));
    }

    @Test
    void keyMayHaveAttributesBeforeIt() {
        seal("a.yaml", "strict");
        sealer.write(
                "bag.pem",
                "Bag Attributes\n    friendlyName: key: 1\nKey Attributes: <No Attributes>\n"
                        + sealer.file("sealing-key.pem"));

        assertThat(open("a.yaml", "bag.pem").out()).contains("user: dQ==");
    }

    @Test
    void plainValuesAreWrittenForTheirOwnerAlone() throws Exception {
        seal("a.yaml", "strict");

        Ended ended =
                sealer.run(
                        "",
                        "--recovery-unseal",
                        "--recovery-private-key=@sealing-key.pem",
                        "-f@a.yaml",
                        "-w@plain.yaml");

        assertThat(ended).isEqualTo(new Ended(0, "", ""));
        assertThat(sealer.file("plain.yaml")).startsWith("---\n").contains("user: dQ==");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("plain.yaml"))))
                .isEqualTo("rw-------");
    }

    @Test
    void templateIsRefusedUntilThereAreTemplates() {
        seal("a.json", "strict");
        sealer.write(
                "t.json",
                sealer.file("a.json")
                        .replace("\"template\": {", "\"template\": {\"data\": {\"x\": \"y\"},"));

        assertThat(open("t.json", "sealing-key.pem").err())
                .startsWith("error: spec.template.data is not supported yet");
    }
}

package dev.signet.cli.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.signet.cli.seal.Sealer.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command prints; the expected texts are those of kubeseal 0.40.0. */
class SealCommandTest {

    private static final String SECRET = "metadata: {name: db}\nstringData: {password: needle}\n";
    private static final String CIPHERTEXT = "AQ[A-Za-z0-9+/=]{100,}";

    @TempDir Path folder;

    private Sealer sealer;

    @BeforeEach
    void files() {
        sealer = new Sealer(folder);
    }

    private static String hidden(String text) {
        return text.replaceAll(CIPHERTEXT, "SEALED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --nope | unknown flag: --nope
                    --scope x | invalid argument "x" for "--scope" flag: must be one of: strict, namespace-wide, cluster-wide
                    --scope | flag needs an argument: --scope
                    -x | unknown shorthand flag: 'x' in -x
                    -o | flag needs an argument: 'o' in -o
                    --raw=foo | invalid argument "foo" for "--raw" flag: strconv.ParseBool: parsing "foo": invalid syntax
                    --=x | bad flag syntax: --=x
                    ---x | bad flag syntax: ---x
                    -vx | invalid argument "x" for "-v, --v" flag: strconv.ParseInt: parsing "x": invalid syntax
                    --vmodule=q | invalid argument "q" for "--vmodule" flag: syntax error: expect comma-separated list of filename=N
                    --logtostderr=zz | invalid argument "zz" for "--logtostderr" flag: parse error
                    --log_backtrace_at=1 | invalid argument "1" for "--log_backtrace_at" flag: syntax error: expect file.go:234
                    """)
    void wrongFlagIsToldWhereKubesealTellsIt(String words, String message) {
        Ended ended = sealer.run("", words.split(" "));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out()).contains("  -o, --format string ").endsWith("\n" + message + "\n");
        assertThat(ended.err()).isEqualTo("Usage of kubeseal:\n");
    }

    @Test
    void wrongFlagIsToldInOneLineUnderTheOwnName() {
        Ended ended = sealer.as(Sealer.BY_ITSELF).run("", "--nope");

        assertThat(ended)
                .isEqualTo(
                        new Ended(2, "", "signet: unknown flag: --nope; see signet seal --help\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --from-file x | --from-file requires --raw
                    -f nope | Could not read file specified with --secret-file
                    --cert @nope.pem | open @nope.pem: no such file or directory
                    --cert @sealing-key.pem | data does not contain any valid RSA or ECDSA certificates
                    --cert ftp://x/y | Get "ftp://x/y": unsupported protocol scheme "ftp"
                    --cert @sealing.pem | secret must declare a namespace
                    --cert @sealing.pem -n a -o xml | unsupported output format: xml
                    --cert @sealing.pem -n a -w @no/out.yaml | open @no/out.yaml: no such file or directory
                    --raw --cert @sealing.pem -n a | must provide the --name flag with --raw and --scope strict
                    --raw --cert @sealing.pem --name a | invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable
                    --raw --cert @sealing.pem --scope cluster-wide --from-file a,b | must provide only one --from-file when encrypting a single item with --raw
                    --fetch-cert --kubeconfig nope | stat nope: no such file or directory
                    --fetch-cert --context nope | context "nope" does not exist
                    --validate | invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable
                    --merge-into @nope --cert @sealing.pem | open @nope: no such file or directory
                    --recovery-unseal --recovery-private-key @nope | open @nope: no such file or directory
                    """)
    void failureIsToldInTheWordsOfKubeseal(String words, String message) {
        Ended ended = sealer.run(SECRET, words.split(" "));

        assertThat(ended).isEqualTo(new Ended(1, "", "error: " + message + "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    garbage | no secrets found. Ensure the input is valid and UTF-8 encoded
                    metadata: {name: a} | secret.data is empty in input Secret, assuming this is an error and aborting. To work with empty data, --allow-empty-data can be used
                    data: {a: bmVlZGxl} | missing metadata.name in input Secret
                    data: {a: needle-} | error unmarshaling JSON: while decoding JSON: illegal base64 data at input byte 6
                    data: {a: 5} | error unmarshaling JSON: while decoding JSON: json: cannot unmarshal number into Go struct field Secret.data of type []uint8
                    stringData: {a: [needle]} | error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go struct field Secret.stringData of type string
                    stringData: needle | error unmarshaling JSON: while decoding JSON: json: cannot unmarshal string into Go struct field Secret.stringData of type map[string]string
                    {"data": {"a": 5}} | json: cannot unmarshal number into Go struct field Secret.data of type []uint8
                    {metadata: {name: a, namespace: b}, data: {a: bmVlZGxl}} | namespace mismatch: input secret is in namespace "b" but "ns" was specified
                    """)
    void wrongSecretIsToldWithoutAWordOfItsValues(String input, String message) {
        Ended ended = sealer.run(input, "--cert", "@sealing.pem", "-n", "ns");

        assertThat(ended).isEqualTo(new Ended(1, "", "error: " + message + "\n"));
        assertThat(ended.err()).doesNotContain("needle", "bmVlZGxl");
    }

    @Test
    void certificateOfAnotherKindIsRefused() {
        Ended ended = sealer.run(SECRET, "--cert", "@elliptic.pem", "-n", "ns");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).startsWith("error: expected RSA public key but found ");
    }

    @Test
    void expiredCertificateIsRefused() {
        Ended ended =
                sealer.at(Clock.fixed(Instant.parse("2040-01-01T00:00:00Z"), ZoneOffset.UTC))
                        .run(SECRET, "--cert", "@sealing.pem", "-n", "ns");

        assertThat(ended.err())
                .isEqualTo(
                        "error: failed to encrypt using an expired certificate on November 20, 2036\n");
    }

    @Test
    void jsonHasTheFieldsInTheOrderOfKubeseal() {
        Ended ended = sealer.run(SECRET, "--cert=@sealing.pem", "-nns", "--scope=namespace-wide");

        assertThat(hidden(ended.out()))
                .isEqualTo(
                        """
                        {
                          "kind": "SealedSecret",
                          "apiVersion": "bitnami.com/v1alpha1",
                          "metadata": {
                            "name": "db",
                            "namespace": "ns",
                            "annotations": {
                              "sealedsecrets.bitnami.com/namespace-wide": "true"
                            }
                          },
                          "spec": {
                            "template": {
                              "metadata": {
                                "name": "db",
                                "namespace": "ns",
                                "annotations": {
                                  "sealedsecrets.bitnami.com/namespace-wide": "true"
                                }
                              }
                            },
                            "encryptedData": {
                              "password": "SEALED"
                            }
                          }
                        }
                        """);
    }

    @Test
    void yamlHasItsKeysSortedAndNothingOfTheServersMetadata() {
        String input =
                """
                kind: Secret
                metadata:
                  name: db
                  namespace: ns
                  uid: 5
                  resourceVersion: 7
                  creationTimestamp: null
                  labels: {tier: 1, on: yes}
                  annotations:
                    kubectl.kubernetes.io/last-applied-configuration: needle
                    note: "a: b"
                  ownerReferences: [{kind: X, name: x, uid: y, apiVersion: v1}]
                type: Opaque
                immutable: true
                data: {b: bmVlZGxl, a: ""}
                """;

        Ended ended = sealer.run(input, "--cert=@sealing.pem", "-oyaml");

        assertThat(hidden(ended.out()))
                .isEqualTo(
                        """
                        ---
                        apiVersion: bitnami.com/v1alpha1
                        kind: SealedSecret
                        metadata:
                          name: db
                          namespace: ns
                        spec:
                          encryptedData:
                            a: SEALED
                            b: SEALED
                          template:
                            immutable: true
                            metadata:
                              annotations:
                                note: 'a: b'
                              labels:
                                tier: "1"
                                "true": "true"
                              name: db
                              namespace: ns
                            type: Opaque
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"dg==\"}}{\"metadata\":{\"name\":\"b\"},\"data\":{\"k\":\"dg==\"}}",
                "---\nmetadata: {name: a}\ndata: {k: dg==}\n--- # next\n\n---\nmetadata: {name: b}\ndata: {k: dg==}\n",
                "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"dg==\"}}\n---\nmetadata: {name: b}\ndata: {k: dg==}\n"
            })
    void everyDocumentIsSealed(String input) {
        Ended ended = sealer.run(input, "--cert=@sealing.pem", "-nns", "-oyaml");

        assertThat(ended.status()).isZero();
        assertThat(ended.out().split("---\n")).hasSize(3);
        assertThat(ended.out()).contains("\n  name: a\n", "\n  name: b\n");
    }

    @Test
    void whatIsNoYamlIsPassedOverAndSaid() {
        Ended ended = sealer.run("a: needle: c\n---\n" + SECRET, "--cert=@sealing.pem", "-nns");

        assertThat(ended.status()).isZero();
        assertThat(ended.err())
                .isEqualTo(
                        "warning: a part of the input is passed over: it is no YAML at line 1\n");
    }

    @Test
    void fileIsWrittenForItsOwnerAloneAndAsYamlByItsName() throws Exception {
        Ended ended = sealer.run(SECRET, "--cert", "@sealing.pem", "-n", "ns", "-w", "@out.yaml");

        assertThat(ended).isEqualTo(new Ended(0, "", ""));
        assertThat(sealer.file("out.yaml")).startsWith("---\napiVersion").doesNotContain("needle");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("out.yaml"))))
                .isEqualTo("rw-------");
    }

    @Test
    void fileStaysAsItIsOnAnError() {
        sealer.write("out.yaml", "before");

        Ended ended =
                sealer.run(
                        SECRET + "---\nmetadata: {name: x}\n",
                        "--cert=@sealing.pem",
                        "-nns",
                        "-w@out.yaml");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(sealer.file("out.yaml")).isEqualTo("before");
        assertThat(folder.toFile().list()).hasSize(4);
    }

    @Test
    void rawValueIsPrintedWithoutALineEnd() {
        Ended ended = sealer.run("needle\n", "--raw", "--cert=@sealing.pem", "--name=db", "-nns");

        assertThat(ended.out()).matches(CIPHERTEXT);
    }

    @Test
    void flagsAreTakenFromTheEnvironmentAndTheCommandLineGoesBefore() {
        Ended ended =
                sealer.with("SEALED_SECRETS_CERT", folder + "/sealing.pem")
                        .with("SEALED_SECRETS_NAMESPACE", "theirs")
                        .with("SEALED_SECRETS_FORMAT", "yaml")
                        .with("SEALED_SECRETS_SCOPE", "nonsense")
                        .run(SECRET, "-n", "mine");

        assertThat(ended.out()).startsWith("---\n").contains("\n  namespace: mine\n");
    }

    @Test
    void namespaceIsThatOfTheContext() {
        sealer.write(
                "config",
                """
                current-context: one
                contexts:
                - {name: one, context: {cluster: c, user: u, namespace: first}}
                - {name: two, context: {cluster: c, user: u}}
                clusters: [{name: c, cluster: {server: "https://localhost:1"}}]
                """);
        sealer.with("KUBECONFIG", folder + "/none:" + folder + "/config");

        assertThat(sealer.run(SECRET, "--cert=@sealing.pem").out())
                .contains("\"namespace\": \"first\"");
        assertThat(sealer.run(SECRET, "--cert=@sealing.pem", "--context=two").out())
                .contains("\"namespace\": \"default\"");
    }

    @Test
    void certificateIsPrintedAsItIs() {
        assertThat(sealer.run("", "--fetch-cert", "--cert", "@sealing.pem").out())
                .isEqualTo(sealer.file("sealing.pem"));
    }

    @Test
    void versionAndHelpGoToStandardOutput() {
        assertThat(sealer.run("", "--version"))
                .isEqualTo(new Ended(0, "kubeseal version: v0.40.0 (Signet 1.2.3)\n", ""));
        assertThat(sealer.run("", "--help").out())
                .startsWith("Usage of kubeseal:\n")
                .doesNotContain("Examples");
        assertThat(sealer.as(Sealer.BY_ITSELF).run("", "-h").out())
                .startsWith("Usage of signet seal:\n")
                .contains("Examples:\n");
    }

    @Test
    void numberInThePlaceOfTextIsSealedAsKubesealReadsItAndSaid() {
        Ended ended =
                sealer.run(
                        "metadata: {name: a}\nstringData: {pin: 017}\n",
                        "--cert=@sealing.pem",
                        "-nns");

        assertThat(ended.status()).isZero();
        assertThat(ended.err())
                .startsWith("warning: stringData.pin is not a string in the manifest")
                .doesNotContain("15", "17");
    }
}

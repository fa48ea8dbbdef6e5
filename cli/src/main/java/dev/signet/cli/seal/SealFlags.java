package dev.signet.cli.seal;

import java.util.ArrayList;
import java.util.List;

/** The flags of {@code signet seal}: those of kubeseal, of kubectl, and of the log library. */
final class SealFlags {

    static final String CERT = "cert";
    static final String CONTROLLER_NAME = "controller-name";
    static final String CONTROLLER_NAMESPACE = "controller-namespace";
    static final String FORMAT = "format";
    static final String OUTPUT = "sealed-secret-file";
    static final String INPUT = "secret-file";
    static final String FETCH_CERT = "fetch-cert";
    static final String ALLOW_EMPTY_DATA = "allow-empty-data";
    static final String VALIDATE = "validate";
    static final String MERGE_INTO = "merge-into";
    static final String RAW = "raw";
    static final String NAME = "name";
    static final String FROM_FILE = "from-file";
    static final String SCOPE = "scope";
    static final String RECOVERY_UNSEAL = "recovery-unseal";
    static final String RECOVERY_KEY = "recovery-private-key";
    static final String HELP = "help";
    static final String VERSION = "version";
    static final String NAMESPACE = "namespace";

    private SealFlags() {}

    static List<Flag> all() {
        List<Flag> flags = new ArrayList<>(own());
        flags.addAll(ofTheCluster());
        flags.addAll(ofTheLog());
        return flags;
    }

    /** Whether a flag tells what is to be done, and not of the cluster or the log. */
    static boolean ofSealing(String name) {
        return own().stream().anyMatch(flag -> flag.name().equals(name));
    }

    private static List<Flag> own() {
        return List.of(
                Flag.text(
                        CERT,
                        "Certificate to seal with: a file, or an http, https or file address. The controller is not asked then"),
                Flag.text(CONTROLLER_NAMESPACE, "Namespace of the controller's Service.")
                        .initially("kube-system"),
                Flag.text(CONTROLLER_NAME, "Name of the controller's Service.")
                        .initially("sealed-secrets-controller"),
                Flag.text(FORMAT, "How sealed Secrets are printed: json or yaml")
                        .letter('o')
                        .initially("json"),
                Flag.text(
                                OUTPUT,
                                "File to write, as a whole or not at all; .yaml and .yml make it YAML")
                        .letter('w'),
                Flag.text(INPUT, "File to read instead of standard input").letter('f'),
                Flag.bool(FETCH_CERT, "Print the certificate, for use with --cert"),
                Flag.bool(ALLOW_EMPTY_DATA, "Seal a Secret that has no values"),
                Flag.bool(VALIDATE, "Ask the controller whether it can open a sealed Secret"),
                Flag.text(
                        MERGE_INTO,
                        "Add the values of a Secret to those of a sealed one in this file. The file keeps its format unless --format is given"),
                Flag.bool(RAW, "Seal a single value, and print nothing else"),
                Flag.text(NAME, "Name of the sealed Secret; needed with --raw in strict scope"),
                Flag.list(
                        FROM_FILE,
                        "File that holds the single value of --raw, as in kubectl; /dev/stdin is one"),
                Flag.text(NAMESPACE, "Namespace of the Secret where it names none").letter('n'),
                Flag.of(
                                SCOPE,
                                FlagKind.SCOPE,
                                "Where the values can be opened: strict (this namespace and name), namespace-wide or cluster-wide. An annotation of the Secret can tell it as well")
                        .initially("strict"),
                Flag.bool(Flag.ROTATE, ""),
                Flag.bool(
                        Flag.RE_ENCRYPT,
                        "Let the controller seal a sealed Secret anew with its newest key"),
                Flag.bool(
                        RECOVERY_UNSEAL,
                        "Open a sealed Secret with the keys of --recovery-private-key, without a cluster"),
                Flag.list(
                        RECOVERY_KEY,
                        "Files with private keys: PEM, or Secrets of the controller in YAML or JSON, one or a list"),
                Flag.bool(HELP, "Print this help"),
                Flag.bool(VERSION, "Print the version"));
    }

    private static List<Flag> ofTheCluster() {
        return List.of(
                Flag.text("kubeconfig", "kubeconfig to use instead of those that KUBECONFIG names"),
                Flag.text("context", "Context of the kubeconfig"),
                Flag.text("cluster", "Cluster of the kubeconfig"),
                Flag.text("user", "User of the kubeconfig"),
                Flag.text("server", "Address of the API server"),
                Flag.text("proxy-url", "Proxy on the way to the API server"),
                Flag.text("tls-server-name", "Name that the API server's certificate has to have"),
                Flag.text(
                        "certificate-authority",
                        "File with the authority that signed the API server's certificate"),
                Flag.bool(
                        "insecure-skip-tls-verify",
                        "Trust any certificate of the API server. Who is on the way can then hand out a certificate of his own"),
                Flag.bool("disable-compression", "Ask for answers that are not compressed"),
                Flag.text(
                                "request-timeout",
                                "How long an answer may take, such as 5s or 2m; 0 for as long as it takes")
                        .initially("0"),
                Flag.text("token", "Bearer token"),
                Flag.text("username", "User for basic authentication"),
                Flag.text("password", "Password for basic authentication"),
                Flag.text("client-certificate", "File with a client certificate"),
                Flag.text("client-key", "File with the key of the client certificate"),
                Flag.text("as", "User to act as"),
                Flag.of("as-group", FlagKind.WORDS, "Group to act as; may be given several times"),
                Flag.text("as-uid", "UID to act as"));
    }

    /** Taken, checked, and passed over: nothing is logged here. */
    private static List<Flag> ofTheLog() {
        String passedOver = "Taken for compatibility; changes nothing";
        return List.of(
                Flag.of("add_dir_header", FlagKind.LOG_BOOLEAN, passedOver),
                Flag.of("alsologtostderr", FlagKind.LOG_BOOLEAN, passedOver),
                Flag.of("alsologtostderrthreshold", FlagKind.LOG_SEVERITY, passedOver),
                Flag.of("legacy_stderr_threshold_behavior", FlagKind.LOG_BOOLEAN, passedOver),
                Flag.of("log_backtrace_at", FlagKind.LOG_TRACE, passedOver),
                Flag.of("log_dir", FlagKind.TEXT, passedOver),
                Flag.of("log_file", FlagKind.TEXT, passedOver),
                Flag.of("log_file_max_size", FlagKind.LOG_SIZE, passedOver),
                Flag.of("logtostderr", FlagKind.LOG_BOOLEAN, passedOver),
                Flag.of("one_output", FlagKind.LOG_BOOLEAN, passedOver),
                Flag.of("skip_headers", FlagKind.LOG_BOOLEAN, passedOver),
                Flag.of("skip_log_headers", FlagKind.LOG_BOOLEAN, passedOver),
                Flag.of("stderrthreshold", FlagKind.LOG_SEVERITY, passedOver),
                Flag.of("v", FlagKind.LOG_LEVEL, passedOver).letter('v'),
                Flag.of("vmodule", FlagKind.LOG_MODULES, passedOver));
    }
}

package dev.signet.cli.check;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Looks for plaintext Secrets. */
public final class Check {

    private static final int LOOKED_AT_FOR_BINARY = 8000;

    /** Of {@code Secret} and {@code secretGenerator}. */
    private static final byte[] WORD = "ecret".getBytes(StandardCharsets.US_ASCII);

    private static final Pattern TEMPLATE =
            Pattern.compile("(?i).*\\.(tpl|tmpl|gotmpl|j2)([.~].*)?");

    private static final Pattern KIND = Pattern.compile("(?:^|[\\s{,-])[\"']?kind[\"']?\\s*:");

    private Check() {}

    /**
     * The plaintext Secrets in these files and in the files of these folders: of a Git work tree in
     * those that are tracked or staged, as they are on disk and as they are staged.
     *
     * @throws IOException where a file cannot be read
     */
    public static List<Finding> findings(List<Path> places) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (Source source : Sources.of(places)) {
            findings.addAll(findings(source));
        }
        // What is both on disk and staged is told once.
        List<Finding> told = new ArrayList<>();
        for (Finding finding : findings) {
            boolean known =
                    finding.staged()
                            && findings.contains(
                                    new Finding(
                                            finding.file(),
                                            finding.line(),
                                            false,
                                            finding.name(),
                                            finding.keys(),
                                            finding.alone()));
            if (!known) {
                told.add(finding);
            }
        }
        return told;
    }

    private static List<Finding> findings(Source source) throws IOException {
        List<Finding> findings = found(source);
        if (findings.isEmpty() || source.committed().isEmpty()) {
            return findings;
        }
        // Asking Git for each file would take long, and most have no finding.
        return found(source.committed().get()).isEmpty() ? List.of() : findings;
    }

    private static List<Finding> found(Source source) throws IOException {
        String text = text(source.read());
        boolean alone = KIND.matcher(text).results().limit(2).count() < 2;
        return SecretFinder.find(text, isTemplate(source.shown())).stream()
                .map(at ->
                        new Finding(
                                source.shown(),
                                at.line(),
                                source.isStaged(),
                                at.name(),
                                at.keys(),
                                alone))
                .toList();
    }

    /** The text, or nothing where there is no Secret in it for sure. */
    private static String text(byte[] bytes) {
        if (starts(bytes, 0xFF, 0xFE)) {
            // As PowerShell writes what is piped into a file.
            return decoded(bytes, 2, StandardCharsets.UTF_16LE);
        }
        if (starts(bytes, 0xFE, 0xFF)) {
            return decoded(bytes, 2, StandardCharsets.UTF_16BE);
        }
        for (int i = 0; i < Math.min(bytes.length, LOOKED_AT_FOR_BINARY); i++) {
            if (bytes[i] == 0) {
                return "";
            }
        }
        int mark = starts(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        return holdsWord(bytes) ? decoded(bytes, mark, StandardCharsets.UTF_8) : "";
    }

    private static String decoded(byte[] bytes, int from, Charset charset) {
        return new String(bytes, from, bytes.length - from, charset);
    }

    private static boolean starts(byte[] bytes, int... beginning) {
        if (bytes.length < beginning.length) {
            return false;
        }
        for (int i = 0; i < beginning.length; i++) {
            if ((bytes[i] & 0xFF) != beginning[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean holdsWord(byte[] bytes) {
        for (int i = 0; i <= bytes.length - WORD.length; i++) {
            int matched = 0;
            while (matched < WORD.length && bytes[i + matched] == WORD[matched]) {
                matched++;
            }
            if (matched == WORD.length) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTemplate(Path file) {
        boolean below =
                StreamSupport.stream(file.spliterator(), false)
                        .anyMatch(part -> part.toString().equals("templates"));
        return below || TEMPLATE.matcher(String.valueOf(file.getFileName())).matches();
    }
}

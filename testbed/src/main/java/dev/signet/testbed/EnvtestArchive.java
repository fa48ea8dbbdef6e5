package dev.signet.testbed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The archive with kube-apiserver and etcd that the Kubernetes project publishes for tests. */
final class EnvtestArchive {

    private static final URI RELEASES = URI.create("https://github.com/");
    private static final URI INDEX =
            URI.create(
                    "https://raw.githubusercontent.com/kubernetes-sigs/controller-tools/HEAD/"
                            + "envtest-releases.yaml");
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(4);
    private static final Duration INDEX_LIMIT = Duration.ofSeconds(20);
    private static final Duration ARCHIVE_LIMIT = Duration.ofMinutes(15);

    private final URI index;
    private final URI archive;
    private final String archiveName;
    private final Progress progress;

    EnvtestArchive(String version, Platform platform, Progress progress) {
        this(INDEX, RELEASES, version, platform, progress);
    }

    EnvtestArchive(URI index, URI releases, String version, Platform platform, Progress progress) {
        this.index = index;
        this.archiveName = "envtest-v" + version + "-" + platform + ".tar.gz";
        this.archive =
                releases.resolve(
                        "/kubernetes-sigs/controller-tools/releases/download/envtest-v"
                                + version
                                + "/"
                                + archiveName);
        this.progress = progress;
    }

    /** Fills {@code folder} with the two binaries, or says in an exception's message why not. */
    void fetchInto(Path folder) throws IOException {
        try (HttpClient http =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_LIMIT)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build()) {
            String expected = publishedHash(http);
            Path download = folder.resolve(archiveName);
            try (Elapsed _ = Elapsed.report(progress, "downloading " + archiveName)) {
                HttpResponse<Path> response =
                        send(http, archive, ARCHIVE_LIMIT, BodyHandlers.ofFile(download));
                requireOk(response);
            }
            if (!Digests.ofFile("SHA-512", download).equals(expected)) {
                throw new IOException(
                        archiveName + " does not have the SHA-512 that is published for it");
            }
            TarGz.extract(download, Set.copyOf(ControlPlaneBinaries.NAMES), folder);
            Files.delete(download);
            for (String name : ControlPlaneBinaries.NAMES) {
                if (!Files.isExecutable(folder.resolve(name))) {
                    throw new IOException(archiveName + " holds no " + name);
                }
            }
        }
    }

    private String publishedHash(HttpClient http) throws IOException {
        HttpResponse<String> response = send(http, index, INDEX_LIMIT, BodyHandlers.ofString());
        requireOk(response);
        return hashIn(response.body(), archiveName)
                .orElseThrow(() -> new IOException(archiveName + " is not in the release index"));
    }

    static Optional<String> hashIn(String index, String archiveName) {
        Matcher entry =
                Pattern.compile(Pattern.quote(archiveName) + ":\\s*hash:\\s*([0-9a-f]{128})\\s")
                        .matcher(index);
        return entry.find() ? Optional.of(entry.group(1)) : Optional.empty();
    }

    private static void requireOk(HttpResponse<?> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException(response.uri().getHost() + " answered " + response.statusCode());
        }
    }

    private static <T> HttpResponse<T> send(
            HttpClient http, URI uri, Duration limit, HttpResponse.BodyHandler<T> handler)
            throws IOException {
        try {
            return http.send(HttpRequest.newBuilder(uri).timeout(limit).build(), handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("the download was interrupted", e);
        } catch (IOException e) {
            throw new IOException(uri.getHost() + " cannot be reached", e);
        }
    }
}

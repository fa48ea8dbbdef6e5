package dev.signet.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Counts the SealedSecrets that a controller says are in step, in the metric that both controllers
 * have: each has a sample there from when it was looked at.
 */
final class InStepCount {

    private static final String METRIC = "sealed_secrets_controller_condition_info{";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private InStepCount() {}

    /** As a scrape tells now; 0 where there is no answer. */
    static long read(HttpClient http, URI server) {
        HttpRequest request =
                HttpRequest.newBuilder(server.resolve("/metrics")).timeout(LIMIT).build();
        try {
            return count(http.send(request, BodyHandlers.ofInputStream()).body());
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }

    /** Counts the samples of 1. Closes the stream. */
    static long count(InputStream scrape) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(scrape, UTF_8))) {
            return lines.lines()
                    .filter(line -> line.startsWith(METRIC))
                    .filter(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))) == 1)
                    .count();
        }
    }
}

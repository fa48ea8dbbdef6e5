package dev.signet.operator.sealedsecret.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;

/** Counts and times requests, named as Bitnami's controller names them. */
final class HttpMeters {

    private static final Set<String> METHODS =
            Set.of("get", "head", "post", "put", "patch", "delete", "options", "connect", "trace");
    private static final Duration[] BUCKETS =
            LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
                    .mapToObj(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private final MeterRegistry registry;

    HttpMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * One request was answered.
     *
     * @param path one of few
     * @param asked the method, which may be any word
     */
    void answered(String path, int code, String asked, Duration took) {
        String lower = asked.toLowerCase(Locale.ROOT);
        String method = METHODS.contains(lower) ? lower : "unknown";
        Counter.builder("sealed.secrets.controller.http.requests")
                .description("Requests, by how they were answered")
                .tag("path", path)
                .tag("code", Integer.toString(code))
                .tag("method", method)
                .register(registry)
                .increment();
        Timer.builder("sealed.secrets.controller.http.request.duration")
                .description("How long requests took")
                .serviceLevelObjectives(BUCKETS)
                .tag("path", path)
                .tag("method", method)
                .register(registry)
                .record(took);
    }
}

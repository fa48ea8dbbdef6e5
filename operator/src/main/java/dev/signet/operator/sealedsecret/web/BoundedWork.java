package dev.signet.operator.sealedsecret.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work on what callers send, with a bound on everything: how often, how much, how many at once, for
 * how long. A body of the allowed size may hold thousands of values, each to be tried with all
 * keys.
 */
final class BoundedWork {

    /** What etcd takes by default, so no SealedSecret of a cluster is larger. */
    static final int MOST_BYTES = 3 << 19;

    private static final Duration FOR_A_PLACE = Duration.ofSeconds(10);
    private static final Duration FOR_THE_WORK = Duration.ofSeconds(20);
    private static final String RETRY = "Retry-After";

    private final String path;
    private final Work work;
    private final RateLimits rates;
    private final Places places;
    private final ExecutorService threads;

    /** What is done with a body. */
    @FunctionalInterface
    interface Work {
        Answer answer(byte[] body) throws InterruptedException, BadObjectException;
    }

    BoundedWork(String path, Work work, RateLimits rates, Places places, ExecutorService threads) {
        this.path = path;
        this.work = work;
        this.rates = rates;
        this.places = places;
        this.threads = threads;
    }

    Answer answer(HttpExchange exchange) {
        Caller caller = Caller.of(exchange.getRemoteAddress(), exchange.getRequestHeaders());
        if (!rates.enabled()) {
            return admitted(exchange, caller);
        }
        Bucket.Verdict verdict = rates.ask(path, caller);
        Answer answer =
                verdict.allowed()
                        ? admitted(exchange, caller)
                        : retry(Answer.text(429, "limit exceeded"), seconds(verdict.retry()));
        return with(
                answer,
                Map.of(
                        "X-RateLimit-Limit", Long.toString(rates.limit()),
                        "X-RateLimit-Remaining",
                                Long.toString(
                                        Math.min(
                                                verdict.allowed() ? verdict.remaining() : 0,
                                                rates.limit())),
                        "X-RateLimit-Reset", Long.toString(seconds(verdict.reset()))));
    }

    private Answer admitted(HttpExchange exchange, Caller caller) {
        byte[] body;
        try {
            body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            return Answer.failure(400, "the body could not be read");
        }
        if (body.length > MOST_BYTES) {
            return Answer.failure(
                    413, "the body is larger than a SealedSecret can be: 1.5 MiB at most");
        }
        try {
            if (!places.enter(caller, FOR_A_PLACE)) {
                return retry(
                        Answer.failure(503, "too many requests are being worked on; try again"), 1);
            }
            try {
                return worked(body);
            } finally {
                places.leave(caller);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.failure(503, "the operator is ending; try again");
        }
    }

    private Answer worked(byte[] body) throws InterruptedException {
        Future<Answer> result = threads.submit(() -> work.answer(body));
        try {
            return result.get(FOR_THE_WORK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Answer.failure(
                    503,
                    "opening took longer than %d s; send fewer values in one object"
                            .formatted(FOR_THE_WORK.toSeconds()));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BadObjectException bad) {
                return Answer.failure(500, String.valueOf(bad.getMessage()));
            }
            throw new IllegalStateException("the work failed", e.getCause());
        } finally {
            result.cancel(true);
        }
    }

    private static Answer retry(Answer answer, long seconds) {
        return with(answer, Map.of(RETRY, Long.toString(Math.max(1, seconds))));
    }

    private static Answer with(Answer answer, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(answer.headers());
        all.putAll(headers);
        return new Answer(answer.code(), all, answer.body());
    }

    private static long seconds(long nanos) {
        return Math.ceilDiv(nanos, Duration.ofSeconds(1).toNanos());
    }
}

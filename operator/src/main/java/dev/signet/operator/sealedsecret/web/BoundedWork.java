package dev.signet.operator.sealedsecret.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
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
    private static final Duration FOR_THE_BODY = Duration.ofSeconds(5);
    private static final Duration FOR_THE_WORK = Duration.ofSeconds(20);
    private static final String RETRY = "Retry-After";
    private static final long MOST_DRAINED = 4L * MOST_BYTES;
    private static final Answer TOO_LARGE =
            Answer.failure(413, "the body is larger than a SealedSecret can be: 1.5 MiB at most");

    /** Given before the body was read. */
    private static final Set<Integer> REFUSALS = Set.of(413, 429, 503);

    private final String path;
    private final Work work;
    private final RateLimits rates;
    private final Places places;
    private final Threads threads;

    /**
     * @param readers wait for bodies
     * @param workers parse and work, which may take a processor for long: no virtual threads, for
     *     those share their processors with all of the operator, and are not taken off them
     */
    record Threads(ExecutorService readers, Executor workers) {}

    /** What is done with a body. */
    @FunctionalInterface
    interface Work {
        Answer answer(byte[] body) throws InterruptedException, BadObjectException;
    }

    BoundedWork(String path, Work work, RateLimits rates, Places places, Threads threads) {
        this.path = path;
        this.work = work;
        this.rates = rates;
        this.places = places;
        this.threads = threads;
    }

    Answer answer(HttpExchange exchange) {
        Answer answer = limited(exchange);
        if (REFUSALS.contains(answer.code())) {
            drain(exchange);
        }
        return answer;
    }

    private Answer limited(HttpExchange exchange) {
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

    /** No body is read before there is a place: those of all who may wait would fill the memory. */
    private Answer admitted(HttpExchange exchange, Caller caller) {
        if (declared(exchange) > MOST_BYTES) {
            return TOO_LARGE;
        }
        try {
            if (!places.enter(caller, FOR_A_PLACE)) {
                return retry(
                        Answer.failure(503, "too many requests are being worked on; try again"), 1);
            }
            return entered(exchange, () -> places.leave(caller));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.failure(503, "the operator is ending; try again");
        }
    }

    private Answer entered(HttpExchange exchange, Runnable leave) throws InterruptedException {
        boolean handedOn = false;
        try {
            byte[] body = body(exchange);
            if (body.length > MOST_BYTES) {
                return TOO_LARGE;
            }
            FutureTask<Answer> task = new FutureTask<>(() -> work.answer(body));
            threads.workers()
                    .execute(() -> {
                        try {
                            task.run();
                        } finally {
                            // Not before the work has ended, though nobody may wait for it any
                            // more.
                            leave.run();
                        }
                    });
            handedOn = true;
            return result(task);
        } catch (IOException e) {
            return Answer.failure(400, "the body could not be read");
        } catch (TimeoutException e) {
            return Answer.failure(
                    408, "the body did not come within %d s".formatted(FOR_THE_BODY.toSeconds()));
        } catch (RejectedExecutionException e) {
            return Answer.failure(503, "the operator is ending; try again");
        } finally {
            if (!handedOn) {
                leave.run();
            }
        }
    }

    /** At most one byte too many. */
    private byte[] body(HttpExchange exchange)
            throws IOException, TimeoutException, InterruptedException {
        Future<byte[]> reading =
                threads.readers()
                        .submit(() -> exchange.getRequestBody().readNBytes(MOST_BYTES + 1));
        try {
            return reading.get(FOR_THE_BODY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException broken) {
                throw broken;
            }
            throw new IllegalStateException("the body could not be read", e.getCause());
        } finally {
            // Ends the connection, where it is still being read.
            reading.cancel(true);
        }
    }

    private static Answer result(FutureTask<Answer> task) throws InterruptedException {
        try {
            return task.get(FOR_THE_WORK.toMillis(), TimeUnit.MILLISECONDS);
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
            task.cancel(true);
        }
    }

    /** Read to its end, so that the answer is not lost in a connection that breaks off. */
    private static void drain(HttpExchange exchange) {
        if (declared(exchange) > MOST_DRAINED) {
            return;
        }
        byte[] buffer = new byte[8_192];
        try {
            InputStream body = exchange.getRequestBody();
            for (long left = MOST_DRAINED; left > 0; ) {
                int read = body.read(buffer);
                left -= read < 0 ? left : read;
            }
        } catch (IOException e) {
            // Then nobody waits for the answer.
        }
    }

    /** What the caller says; zero where it says nothing that can be read. */
    private static long declared(HttpExchange exchange) {
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
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

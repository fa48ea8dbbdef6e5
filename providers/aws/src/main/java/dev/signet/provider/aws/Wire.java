package dev.signet.provider.aws;

import dev.signet.provider.ProviderCalls;
import dev.signet.provider.aws.Reply.ServiceError;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;

/**
 * Sends the calls of one session: each on a virtual thread, which can be interrupted where the
 * SDK's client cannot, for a limited time, and counted.
 */
final class Wire implements AutoCloseable {

    static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

    /** For one call, its answer included. */
    static final Duration CALL_LIMIT = Duration.ofSeconds(25);

    private final String region;
    private final Surroundings surroundings;
    private final ProviderCalls calls;
    private final SdkHttpClient http;
    private final ExecutorService threads;

    Wire(String region, Surroundings surroundings, ProviderCalls calls) {
        this.region = region;
        this.surroundings = surroundings;
        this.calls = calls;
        this.http = new OriginHttpClient(surroundings::reach, READ_TIMEOUT);
        this.threads =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("aws-", 0).factory());
    }

    /** Prepares the client of a service; each of its requests brings its own credentials. */
    <C, B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>> C client(
            Service service, B builder) {
        Optional<URI> endpoint = surroundings.endpoint(service);
        endpoint.ifPresent(builder::endpointOverride);
        return builder.region(Region.of(region))
                .httpClient(http)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                // Repeats are the store's settings' to make, and the operator's.
                .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    /** What a call came to. */
    <T> Reply<T> send(Operation operation, Callable<T> request) throws InterruptedException {
        Reply<T> reply = reply(request);
        boolean served =
                switch (reply) {
                    case Reply.Ok<T> ok -> true;
                    case Reply.Refused<T>(ServiceError error) ->
                            ErrorRules.kind(error) == ErrorRules.Kind.MISSING;
                    case Reply.NoAnswer<T> none -> false;
                };
        calls.ended(operation.service().metric(), operation.label(), served);
        return reply;
    }

    /** Runs something beside the caller; ended when this is closed. */
    <T> Future<T> beside(Callable<T> work) {
        return threads.submit(work);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.close();
    }

    private <T> Reply<T> reply(Callable<T> request) throws InterruptedException {
        Future<T> pending;
        try {
            pending = threads.submit(request);
        } catch (RejectedExecutionException e) {
            return new Reply.NoAnswer<>("the session with this store is closed");
        }
        try {
            return new Reply.Ok<>(pending.get(CALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            pending.cancel(true);
            return new Reply.NoAnswer<>("no answer in time");
        } catch (InterruptedException e) {
            pending.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        }
    }

    private static <T> Reply<T> failed(Throwable e) {
        if (e instanceof AwsServiceException refused) {
            AwsErrorDetails details = refused.awsErrorDetails();
            return new Reply.Refused<>(
                    ServiceError.of(
                            details == null ? null : details.errorCode(),
                            refused.statusCode(),
                            details == null ? null : details.errorMessage(),
                            details == null
                                    ? Optional.empty()
                                    : retryAfter(details.sdkHttpResponse())));
        }
        if (e instanceof SdkException && Causes.of(e, IOException.class).isPresent()) {
            return new Reply.NoAnswer<>(Causes.reason(e));
        }
        // Its text may quote a header or an answer.
        return new Reply.NoAnswer<>(
                "its answer cannot be used (%s)".formatted(e.getClass().getSimpleName()));
    }

    private static Optional<Duration> retryAfter(SdkHttpResponse response) {
        return response == null
                ? Optional.empty()
                : response.firstMatchingHeader("Retry-After").flatMap(Wire::seconds);
    }

    private static Optional<Duration> seconds(String header) {
        return header.strip().matches("\\d{1,9}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(header.strip())))
                : Optional.empty();
    }
}

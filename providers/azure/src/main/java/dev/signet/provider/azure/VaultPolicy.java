package dev.signet.provider.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelinePosition;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import dev.signet.gjson.GJson;
import dev.signet.gjson.PathLimitException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;

/**
 * Stands between the SDK and the wire: keeps requests, and the token in them, to the vault that the
 * spec names, answers to a size that can be held, and what a refusal says away from the SDK, which
 * would quote it.
 */
final class VaultPolicy extends HttpPipelineSyncPolicy {

    /** A request to another host, which a listing's link to its next page can ask for. */
    static final class ForeignHostException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ForeignHostException() {
            super("a page of the listing is on another host");
        }
    }

    /** An answer that no vault gives. */
    static final class StrangeAnswerException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StrangeAnswerException() {
            super("the answer is not that of a vault");
        }
    }

    private final URI vault;
    private final Clock clock;

    VaultPolicy(URI vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
    }

    /** Below the policy that adds the token, so that this one sees what is sent. */
    @Override
    public HttpPipelinePosition getPipelinePosition() {
        return HttpPipelinePosition.PER_RETRY;
    }

    @Override
    protected void beforeSendingRequest(HttpPipelineCallContext context) {
        var url = context.getHttpRequest().getUrl();
        if (!url.getProtocol().equals("https")
                || !vault.getHost().equalsIgnoreCase(url.getHost())
                || vault.getPort() != url.getPort()) {
            throw new ForeignHostException();
        }
    }

    @Override
    protected HttpResponse afterReceivedResponse(
            HttpPipelineCallContext context, HttpResponse response) {
        try {
            BoundedAnswer answer = BoundedAnswer.read(response);
            if (answer.getStatusCode() != 200) {
                return answer.withoutBody(refusal(answer));
            }
            boolean right =
                    isListing(context)
                            ? AnswerShape.isPage(answer.body())
                            : AnswerShape.isObject(answer.body());
            if (!right) {
                throw new StrangeAnswerException();
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isListing(HttpPipelineCallContext context) {
        return context.getHttpRequest().getUrl().getPath().matches("/+[a-z]+/*");
    }

    private Refusal refusal(BoundedAnswer answer) {
        String retryAfter = answer.getHeaders().getValue(HttpHeaderName.RETRY_AFTER);
        return new Refusal(
                answer.getStatusCode(),
                text(answer, "error.code"),
                text(answer, "error.innererror.code"),
                RetryAfter.of(retryAfter, clock.instant()));
    }

    private static String text(BoundedAnswer answer, String path) {
        try {
            return GJson.get(answer.body(), path).string();
        } catch (PathLimitException e) {
            return "";
        }
    }
}

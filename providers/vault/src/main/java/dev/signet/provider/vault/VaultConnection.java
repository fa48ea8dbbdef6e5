package dev.signet.provider.vault;

import dev.signet.api.store.VaultProvider;
import dev.signet.http.AnswerTooLargeException;
import dev.signet.http.HttpAnswer;
import dev.signet.http.HttpCall;
import dev.signet.http.HttpField;
import dev.signet.http.Origin;
import dev.signet.http.OriginSettings;
import dev.signet.http.Reach;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.vault.client.VaultHttpHeaders;
import org.springframework.vault.support.VaultToken;
import org.springframework.web.client.RestOperations;

/**
 * The HTTP side of a session: one client with pooled connections, made at the first request and
 * made anew after a failed TLS handshake, so that a renewed CA is picked up.
 */
final class VaultConnection implements AutoCloseable {

    /** A server in reach accepts at once; more would only hold up the other stores' work. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** A KV read takes milliseconds; a standby that forwards, or a storage in trouble, seconds. */
    static final Duration READ_TIMEOUT = Duration.ofSeconds(15);

    /** A Kubernetes Secret holds 1 MiB. */
    static final int MAX_ANSWER_BYTES = 2 << 20;

    /** A listing of 100,000 names is some MiB. */
    static final int MAX_LISTING_BYTES = 8 << 20;

    /** Reads of one store at a time, for which more would not be faster. */
    private static final int CONNECTIONS = 128;

    private static final byte[] NOTHING = new byte[0];
    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    private final VaultProvider spec;
    private final References references;
    private final Reach reach;
    private final URI api;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Origin transport;
    private boolean closed;
    private final ReplicationState replication;
    private volatile @Nullable Failure lastFailure;

    VaultConnection(VaultProvider spec, References references, Reach reach) {
        this.spec = spec;
        this.references = references;
        this.reach = reach;
        this.api = ServerUrl.api(spec.server());
        this.replication = new ReplicationState(spec);
    }

    /** How messages name the server. */
    String server() {
        return ServerUrl.shown(api);
    }

    /** Reads {@code path}, percent-encoded and below {@code /v1/}. */
    Reply get(String path, String namespace, @Nullable VaultToken token)
            throws InterruptedException {
        return send(HttpMethod.GET, path, namespace, token, MAX_ANSWER_BYTES);
    }

    /** As {@link #get}, for answers that may be as large as a listing. */
    Reply list(String path, String namespace, @Nullable VaultToken token)
            throws InterruptedException {
        return send(HttpMethod.GET, path, namespace, token, MAX_LISTING_BYTES);
    }

    /** Posts an empty object to {@code path}. */
    Reply post(String path, String namespace, @Nullable VaultToken token)
            throws InterruptedException {
        return send(HttpMethod.POST, path, namespace, token, MAX_ANSWER_BYTES);
    }

    /** The operations that a login needs, in {@code namespace}. */
    RestOperations logins(String namespace)
            throws ReferenceException, InterruptedException, GeneralSecurityException {
        Map<String, String> headers = headers(namespace);
        return new LoginTemplate(api, new LoginRequests(transport(), replication), headers);
    }

    /** Has the next call show the certificate that the cluster holds then. */
    void showCertificateAnew() {
        forgetTransport();
    }

    /** What went wrong with a login, where it is the transport's doing. */
    Reply failedLogin(RuntimeException e) throws InterruptedException {
        return failed(e);
    }

    /**
     * Why the server could not be reached, if that is what the last request since {@code nanos} (of
     * {@link System#nanoTime()}) came to.
     */
    Optional<String> unreachableSince(long nanos) {
        Failure failure = lastFailure;
        return failure != null && failure.nanos() - nanos >= 0
                ? Optional.of(failure.reason())
                : Optional.empty();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (transport != null) {
                transport.close();
                transport = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private Reply send(
            HttpMethod method,
            String path,
            String namespace,
            @Nullable VaultToken token,
            int maxBytes)
            throws InterruptedException {
        try {
            HttpAnswer answer = transport().send(call(method, path, namespace, token, maxBytes));
            lastFailure = null;
            replication.seen(answer);
            return Reply.Answer.of(
                    answer.status(),
                    answer.body(),
                    answer.field(HttpHeaders.RETRY_AFTER).orElse(null));
        } catch (ReferenceException e) {
            return new Reply.Unusable(e.text(), e.reason() == ReferenceException.Cause.UNAVAILABLE);
        } catch (GeneralSecurityException e) {
            return new Reply.Unusable(String.valueOf(e.getMessage()), false);
        } catch (AnswerTooLargeException e) {
            return new Reply.Unusable(
                    "the answer is larger than %d MiB".formatted(maxBytes >> 20), false);
        } catch (IOException e) {
            return failed(e);
        } catch (IllegalArgumentException e) {
            // The message would quote the header, which may be the token.
            return new Reply.Unusable(
                    "the token or a header holds characters that HTTP does not allow", false);
        }
    }

    private HttpCall call(
            HttpMethod method,
            String path,
            String namespace,
            @Nullable VaultToken token,
            int maxBytes) {
        List<HttpField> fields = new ArrayList<>();
        fields.add(new HttpField(HttpHeaders.ACCEPT, "application/json, */*"));
        headers(namespace).forEach((name, value) -> fields.add(new HttpField(name, value)));
        replication.required().ifPresent(fields::add);
        if (token != null) {
            fields.add(new HttpField(VaultHttpHeaders.VAULT_TOKEN, token.getToken()));
        }
        byte[] body = NOTHING;
        if (method.equals(HttpMethod.POST)) {
            fields.add(new HttpField(HttpHeaders.CONTENT_TYPE, "application/json"));
            body = EMPTY_OBJECT;
        }
        return new HttpCall(method.name(), api.getRawPath() + "/" + path, fields, body, maxBytes);
    }

    private Map<String, String> headers(String namespace) {
        return Headers.of(spec, namespace);
    }

    private Reply failed(Exception e) throws InterruptedException {
        if (Thread.interrupted() || Causes.of(e, InterruptedException.class).isPresent()) {
            throw new InterruptedException();
        }
        if (Causes.of(e, SSLException.class).isPresent()) {
            forgetTransport();
        }
        return failed(Causes.reason(e));
    }

    private Reply failed(String reason) {
        String text = "Vault at " + server() + " cannot be reached: " + reason;
        lastFailure = new Failure(text, System.nanoTime());
        return new Reply.NoAnswer(text);
    }

    private Origin transport()
            throws ReferenceException, InterruptedException, GeneralSecurityException {
        lock.lockInterruptibly();
        try {
            if (closed) {
                throw new ReferenceException(
                        ReferenceException.Cause.UNAVAILABLE,
                        "the session with Vault at " + server() + " is closed");
            }
            Origin current = transport;
            if (current == null) {
                current = newTransport();
                transport = current;
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private void forgetTransport() {
        lock.lock();
        try {
            if (transport != null) {
                transport.forgetIdle();
                transport = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private Origin newTransport()
            throws ReferenceException, InterruptedException, GeneralSecurityException {
        return new Origin(
                api,
                new OriginSettings(
                        CONNECT_TIMEOUT,
                        READ_TIMEOUT,
                        CONNECTIONS,
                        new Tls(spec, references).context().orElse(null),
                        OriginSettings.proxiesOfTheJvm(),
                        reach));
    }

    private record Failure(String reason, long nanos) {}
}

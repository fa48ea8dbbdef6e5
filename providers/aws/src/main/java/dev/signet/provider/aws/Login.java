package dev.signet.provider.aws;

import dev.signet.api.store.AwsAuth;
import dev.signet.api.store.AwsCredentialRefs;
import dev.signet.api.store.AwsProvider;
import dev.signet.api.store.SecretKeySelector;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.Reference;
import dev.signet.provider.ReferenceException;
import dev.signet.provider.References;
import dev.signet.provider.SecretValue;
import dev.signet.provider.StoreContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * How a store comes by its credentials: static keys, the token of a ServiceAccount, or what this
 * process finds around itself; and then one role after the other. What it needs from the cluster is
 * read anew each time.
 */
final class Login implements AutoCloseable {

    static final String ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";
    static final String AUDIENCE_ANNOTATION = "eks.amazonaws.com/audience";
    static final String DEFAULT_AUDIENCE = "sts.amazonaws.com";

    /** The least that the API server grants; the token is used at once and not kept. */
    private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(10);

    private final AwsProvider spec;
    private final References references;
    private final Clock clock;
    private final Sts sts;
    private final Ambient ambient;
    private final SessionTags tags;
    private final AtomicLong generations = new AtomicLong();

    Login(AwsProvider spec, StoreContext context, Sts sts, Ambient ambient) {
        this.spec = spec;
        this.references = context.references();
        this.clock = context.clock();
        this.sts = sts;
        this.ambient = ambient;
        this.tags = SessionTags.of(spec);
    }

    /** Credentials made for this store now. */
    ReadOutcome<Held> obtain() throws InterruptedException {
        ReadOutcome<Held> held;
        try {
            held = first();
        } catch (ReferenceException e) {
            return e.outcome();
        }
        for (String role : spec.additionalRoles()) {
            held = assume(held, role, "", SessionTags.NONE);
        }
        return spec.role().isEmpty() ? held : assume(held, spec.role(), spec.externalID(), tags);
    }

    /** Whether a service has been asked for the credentials, so that it has checked who asks. */
    boolean isChecked() {
        AwsAuth auth = spec.auth();
        return !spec.role().isEmpty()
                || !spec.additionalRoles().isEmpty()
                || (auth != null && auth.jwt() != null);
    }

    @Override
    public void close() {
        ambient.close();
    }

    private ReadOutcome<Held> first() throws ReferenceException, InterruptedException {
        AwsAuth auth = spec.auth();
        if (auth != null && auth.jwt() != null && auth.jwt().serviceAccountRef() != null) {
            return webIdentity(Refs.of(auth.jwt().serviceAccountRef()));
        }
        if (auth != null && auth.secretRef() != null) {
            return new ReadOutcome.Found<>(held(keys(auth.secretRef()), Instant.MAX));
        }
        return Outcomes.then(
                ambient.credentials(),
                found -> new ReadOutcome.Found<>(held(found.credentials(), found.until())));
    }

    private AwsCredentials keys(AwsCredentialRefs refs)
            throws ReferenceException, InterruptedException {
        String id = text(refs.accessKeyIDSecretRef(), "the access key ID");
        String key = text(refs.secretAccessKeySecretRef(), "the secret access key");
        return refs.sessionTokenSecretRef() == null
                ? AwsBasicCredentials.create(id, key)
                : AwsSessionCredentials.create(
                        id, key, text(refs.sessionTokenSecretRef(), "the session token"));
    }

    private ReadOutcome<Held> webIdentity(Reference.ServiceAccount account)
            throws ReferenceException, InterruptedException {
        Map<String, String> annotations = references.annotations(account);
        String role = annotations.getOrDefault(ROLE_ANNOTATION, "").strip();
        if (role.isEmpty()) {
            return new ReadOutcome.Invalid<>(
                    "ServiceAccount %s names no role to log in to AWS with: it needs the annotation %s"
                            .formatted(account.name(), ROLE_ANNOTATION));
        }
        String audience = annotations.getOrDefault(AUDIENCE_ANNOTATION, DEFAULT_AUDIENCE).strip();
        SecretValue token = references.token(account, List.of(audience), TOKEN_LIFETIME);
        return held(sts.assumeWithToken(role, token.utf8().strip()));
    }

    private ReadOutcome<Held> assume(
            ReadOutcome<Held> before, String role, String externalId, SessionTags sessionTags)
            throws InterruptedException {
        return before instanceof ReadOutcome.Found<Held>(Held held)
                ? held(sts.assume(held.credentials(), role, externalId, sessionTags))
                : before;
    }

    private ReadOutcome<Held> held(ReadOutcome<Credentials> answer) {
        return Outcomes.then(
                answer,
                given ->
                        new ReadOutcome.Found<>(
                                held(
                                        AwsSessionCredentials.create(
                                                given.accessKeyId(),
                                                given.secretAccessKey(),
                                                given.sessionToken()),
                                        given.expiration())));
    }

    private Held held(AwsCredentials credentials, Instant until) {
        return new Held(credentials, generations.incrementAndGet(), clock.instant(), until);
    }

    private String text(@Nullable SecretKeySelector selector, String what)
            throws ReferenceException, InterruptedException {
        if (selector == null) {
            throw new ReferenceException(
                    ReferenceException.Cause.MISSING, "the store names no Secret with " + what);
        }
        // The newline that an editor leaves at the end is no part of a key.
        String text = references.read(Refs.of(selector)).utf8().strip();
        if (text.isEmpty() || !text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new ReferenceException(
                    ReferenceException.Cause.MISSING,
                    "Secret %s (key %s) does not hold %s: it is empty, or has characters that no key has"
                            .formatted(selector.name(), selector.key(), what));
        }
        return text;
    }
}

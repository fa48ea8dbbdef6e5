package dev.signet.provider.vault;

import dev.signet.api.store.VaultProvider;
import dev.signet.http.HttpAnswer;
import dev.signet.http.HttpField;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the server has written for this session, as it tells by a header. Sent along with reads, it
 * keeps a standby that lags behind from answering them: a token that was made a moment ago at the
 * active node would be unknown there. What the header holds is the server's own affair.
 */
final class ReplicationState {

    private static final String HEADER = "X-Vault-Index";
    private static final int MAX_LENGTH = 4096;

    private final boolean wanted;
    private volatile @Nullable HttpField last;

    ReplicationState(VaultProvider spec) {
        this.wanted = spec.readYourWrites() || spec.forwardInconsistent();
    }

    /** Takes note of an answer. Only one that tells of a write has the header. */
    void seen(HttpAnswer answer) {
        if (wanted) {
            answer.field(HEADER)
                    .filter(value -> !value.isEmpty() && value.length() <= MAX_LENGTH)
                    .ifPresent(value -> last = new HttpField(HEADER, value));
        }
    }

    /** The header that the next request has to carry. */
    Optional<HttpField> required() {
        return Optional.ofNullable(last);
    }
}

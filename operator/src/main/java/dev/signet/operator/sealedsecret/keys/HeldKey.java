package dev.signet.operator.sealedsecret.keys;

import dev.signet.operator.sealedsecret.KeyOrder;
import dev.signet.sealed.UnsealingKey;
import java.time.Instant;

/**
 * A key and when its Secret was made.
 *
 * @param key named as its Secret
 * @param created of the Secret
 */
record HeldKey(UnsealingKey key, Instant created) {

    /** When the key came, as this order sees it. */
    Instant time(KeyOrder order) {
        return switch (order) {
            case CERT_NOT_BEFORE -> key.certificate().notBefore();
            case SECRET_CREATION_TIMESTAMP -> created;
        };
    }
}

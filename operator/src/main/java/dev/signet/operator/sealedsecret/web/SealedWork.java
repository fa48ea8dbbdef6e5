package dev.signet.operator.sealedsecret.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.operator.sealedsecret.Keys;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.Opened;
import dev.signet.sealed.Opener;
import dev.signet.sealed.SealedItems;
import dev.signet.sealed.SealingCertificate;
import dev.signet.sealed.UnsealingKey;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies and rotates SealedSecrets. Of one that cannot be opened nothing is told but that, with
 * what its sender knows already: neither which value, nor why.
 */
final class SealedWork {

    private static final int LONGEST_NAME = 253;

    private final Keys keys;
    private final Opener opener;
    private final boolean acceptLegacy;
    private final SecureRandom random = new SecureRandom();

    SealedWork(Keys keys, Opener opener, boolean acceptLegacy) {
        this.keys = keys;
        this.opener = opener;
        this.acceptLegacy = acceptLegacy;
    }

    /** 200 where all values can be opened, else 409. */
    Answer verify(byte[] body) throws InterruptedException, BadObjectException {
        SealedBody sealed = SealedBody.of(Body.read(body), acceptLegacy);
        KeyRing ring = keys.current();
        if (ring.newest().isEmpty()) {
            return noKey();
        }
        return switch (opener.open(sealed.items(), ring)) {
            case Opened.Values values -> {
                wipe(values);
                yield Answer.empty(200);
            }
            case Opened.Unopened _ -> Answer.failure(409, unopened(sealed.items()));
        };
    }

    /** The object with its values sealed by the newest key. */
    Answer rotate(byte[] body) throws InterruptedException, BadObjectException {
        SealedBody sealed = SealedBody.of(Body.read(body), acceptLegacy);
        KeyRing ring = keys.current();
        Optional<UnsealingKey> newest = ring.newest();
        if (newest.isEmpty()) {
            return noKey();
        }
        return switch (opener.open(sealed.items(), ring)) {
            case Opened.Values values -> {
                try {
                    yield Answer.json(
                            Body.write(rotated(sealed, values, newest.get().certificate())));
                } finally {
                    wipe(values);
                }
            }
            case Opened.Unopened _ -> Answer.failure(500, unopened(sealed.items()));
        };
    }

    private ObjectNode rotated(
            SealedBody sealed, Opened.Values values, SealingCertificate certificate) {
        SealedItems items = sealed.items();
        byte[] label = items.scope().label(items.namespace(), items.name());
        Map<String, SecretValue> opened = values.values();
        return sealed.with(key -> {
            SecretValue value = opened.get(key);
            if (value == null) {
                throw new IllegalStateException("opened, and not there");
            }
            return certificate.seal(value, label, random);
        });
    }

    private static void wipe(Opened.Values values) {
        values.values().values().forEach(SecretValue::wipe);
    }

    private static Answer noKey() {
        return Answer.failure(503, "there is no sealing key yet; see the log of the operator");
    }

    private static String unopened(SealedItems items) {
        return "no key of this cluster opens all values of SealedSecret %s/%s (scope %s); it was sealed for another cluster, namespace, name or scope, or was changed"
                .formatted(
                        shortened(items.namespace()),
                        shortened(items.name()),
                        items.scope().word());
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}

package dev.signet.provider.azure;

import dev.signet.provider.SecretValue;
import java.util.Map;

/**
 * What a vault holds under a name.
 *
 * @param object what was asked for
 * @param value a secret's text, a key as JSON Web Key, a certificate in DER
 * @param metadata its tags, and its times as {@code attribute.expires} and so on
 */
record Content(RemoteObject object, SecretValue value, Map<String, String> metadata) {

    Content {
        metadata = Map.copyOf(metadata);
    }
}

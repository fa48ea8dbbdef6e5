package dev.signet.operator.externalsecret;

import dev.signet.provider.SecretValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values read for one ExternalSecret, in the order of its spec. An entry is empty where the backend has no such secret
 * and the deletion policy lets that pass.
 *
 * @param missing a sentence for each empty entry
 */
record ReadValues(
        List<Optional<Map<String, SecretValue>>> dataFrom,
        List<Optional<SecretValue>> data,
        List<String> missing) {}

package dev.signet.operator.externalsecret.rules;

import java.util.Optional;

/** What is done to a value on its way, after its key has been settled. */
final class SecretValues {

    private SecretValues() {}

    /**
     * The value after {@code decodingStrategy}. {@code Auto} takes what is Base64 for Base64, then
     * what is Base64URL for that, and leaves the rest alone.
     *
     * @param field the field of the spec that holds the strategy, such as {@code
     *     spec.data[0].remoteRef}
     */
    static byte[] decode(String field, String strategy, String key, byte[] value)
            throws RuleException {
        return switch (strategy) {
            case "", "None" -> value;
            case "Base64" -> decoded(field, strategy, key, Base64Strict.standard(value));
            case "Base64URL" -> decoded(field, strategy, key, Base64Strict.url(value));
            case "Auto" ->
                    Base64Strict.standard(value).or(() -> Base64Strict.url(value)).orElse(value);
            default ->
                    throw new RuleException(
                            "%s.decodingStrategy: %s is none of None, Auto, Base64 and Base64URL"
                                    .formatted(field, Quoted.key(strategy)));
        };
    }

    private static byte[] decoded(
            String field, String strategy, String key, Optional<byte[]> decoded)
            throws RuleException {
        return decoded.orElseThrow(() ->
                new RuleException(
                        "%s.decodingStrategy: the value for the key %s is not %s; store it encoded, or set None or Auto"
                                .formatted(field, Quoted.key(key), strategy)));
    }

    /** Refuses a value with a null byte where {@code nullBytePolicy} says so. */
    static void checkNullBytes(String field, String policy, String key, byte[] value)
            throws RuleException {
        if (!policy.equals("Fail")) {
            return;
        }
        for (byte b : value) {
            if (b == 0) {
                throw new RuleException(
                        "%s.nullBytePolicy: the value for the key %s has a null byte; store it without, or set Ignore"
                                .formatted(field, Quoted.key(key)));
            }
        }
    }
}

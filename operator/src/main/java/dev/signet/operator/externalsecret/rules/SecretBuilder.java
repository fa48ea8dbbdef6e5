package dev.signet.operator.externalsecret.rules;

import dev.signet.api.DataRemoteRef;
import dev.signet.api.ExternalSecretData;
import dev.signet.api.ExternalSecretDataFrom;
import dev.signet.api.ExternalSecretFind;
import dev.signet.api.ExternalSecretSpec;
import dev.signet.provider.SecretValue;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes the data of a target from what was read for its ExternalSecret.
 *
 * <p>Entries of {@code dataFrom} count in the order given, then those of {@code data}; of equal
 * keys the last counts. Within an entry of {@code dataFrom}, keys are rewritten, or converted where
 * no rewrite is given, then validated; values are decoded, then searched for null bytes.
 */
public final class SecretBuilder {

    /** The API server takes no more than this in one Secret. */
    private static final long MOST_BYTES = 1024 * 1024;

    private SecretBuilder() {}

    /**
     * What was read, by the index of the entry in the spec. An entry that is skipped because its
     * secret is missing is not there.
     *
     * @param dataFrom the keys and values for each entry of {@code spec.dataFrom}
     * @param data the value for each entry of {@code spec.data}
     */
    public record ReadValues(
            Map<Integer, Map<String, SecretValue>> dataFrom, Map<Integer, SecretValue> data) {

        public ReadValues {
            dataFrom = Map.copyOf(dataFrom);
            data = Map.copyOf(data);
        }
    }

    /**
     * The data, in the byte order of its keys; possibly none.
     *
     * @throws RuleException where a rule of the spec, or of Secrets, is broken
     */
    public static SortedMap<String, byte[]> build(ExternalSecretSpec spec, ReadValues read)
            throws RuleException {
        SortedMap<String, byte[]> data = new TreeMap<>(GoPrint.KEY_ORDER);
        for (int i = 0; i < spec.dataFrom().size(); i++) {
            Map<String, SecretValue> values = read.dataFrom().get(i);
            if (values != null) {
                data.putAll(dataFrom("spec.dataFrom[" + i + "]", spec.dataFrom().get(i), values));
            }
        }
        for (int i = 0; i < spec.data().size(); i++) {
            SecretValue value = read.data().get(i);
            if (value != null) {
                ExternalSecretData entry = spec.data().get(i);
                data.put(entry.secretKey(), data("spec.data[" + i + "].remoteRef", entry, value));
            }
        }
        checkForSecret(data);
        return Collections.unmodifiableSortedMap(data);
    }

    private static byte[] data(String field, ExternalSecretData entry, SecretValue value)
            throws RuleException {
        DataRemoteRef ref = entry.remoteRef();
        return new Strategies(
                        field,
                        ref.conversionStrategy(),
                        ref.decodingStrategy(),
                        ref.nullBytePolicy())
                .value(entry.secretKey(), value.bytes());
    }

    private static SortedMap<String, byte[]> dataFrom(
            String field, ExternalSecretDataFrom entry, Map<String, SecretValue> values)
            throws RuleException {
        Strategies strategies = Strategies.of(field, entry);
        SortedMap<String, byte[]> data = new TreeMap<>(GoPrint.KEY_ORDER);
        values.forEach((key, value) -> data.put(key, value.bytes()));
        SortedMap<String, byte[]> named =
                entry.rewrite().isEmpty()
                        ? SecretKeys.convert(strategies.field(), strategies.conversion(), data)
                        : Rewrites.apply(field, entry.rewrite(), data);
        SortedMap<String, byte[]> valid = SecretKeys.validated(field, named);
        for (Map.Entry<String, byte[]> each : valid.entrySet()) {
            each.setValue(strategies.value(each.getKey(), each.getValue()));
        }
        return valid;
    }

    private static void checkForSecret(SortedMap<String, byte[]> data) throws RuleException {
        long bytes = 0;
        for (Map.Entry<String, byte[]> entry : data.entrySet()) {
            SecretKeys.checkForSecret(entry.getKey());
            bytes += entry.getValue().length;
        }
        if (bytes > MOST_BYTES) {
            throw new RuleException(
                    "spec: the values have %d bytes and a Secret holds at most %d; split them over several ExternalSecrets"
                            .formatted(bytes, MOST_BYTES));
        }
    }

    /** How the values of one entry are treated, and the field that says so. */
    private record Strategies(String field, String conversion, String decoding, String nullBytes) {

        static Strategies of(String field, ExternalSecretDataFrom entry) {
            ExternalSecretFind find = entry.find();
            if (find != null) {
                return new Strategies(
                        field + ".find",
                        find.conversionStrategy(),
                        find.decodingStrategy(),
                        find.nullBytePolicy());
            }
            DataRemoteRef extract = entry.extract();
            return extract == null
                    ? new Strategies(field, "", "", "")
                    : new Strategies(
                            field + ".extract",
                            extract.conversionStrategy(),
                            extract.decodingStrategy(),
                            extract.nullBytePolicy());
        }

        byte[] value(String key, byte[] value) throws RuleException {
            byte[] decoded = SecretValues.decode(field, decoding, key, value);
            SecretValues.checkNullBytes(field, nullBytes, key, decoded);
            return decoded;
        }
    }
}

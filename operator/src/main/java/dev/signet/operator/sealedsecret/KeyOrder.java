package dev.signet.operator.sealedsecret;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** By what time the newest of several keys is found. */
public enum KeyOrder {

    /** By the start of its certificate. */
    CERT_NOT_BEFORE("CertNotBefore"),

    /** By the creation of its Secret. */
    SECRET_CREATION_TIMESTAMP("SecretCreationTimestamp");

    private final String word;

    KeyOrder(String word) {
        this.word = word;
    }

    /**
     * The order that {@code --key-order-priority} names.
     *
     * @throws IllegalArgumentException with one line that names the words there are
     */
    public static KeyOrder parse(String word) {
        Optional<KeyOrder> found =
                Arrays.stream(values()).filter(order -> order.word.equals(word)).findFirst();
        return found.orElseThrow(() ->
                new IllegalArgumentException(
                        "'%s' is not one of %s"
                                .formatted(
                                        word,
                                        Arrays.stream(values())
                                                .map(KeyOrder::toString)
                                                .collect(Collectors.joining(", ")))));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return word;
    }
}

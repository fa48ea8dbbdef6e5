package dev.signet.sealed;

import dev.signet.provider.SecretValue;

/** What came of one sealed value. */
sealed interface Attempt {

    /** It is open. */
    record Value(SecretValue value, UnsealingKey key) implements Attempt {}

    /** It is not. */
    record Failed(String problem) implements Attempt {}

    /** Nothing that is sealed leads to this: it is a defect, or lack of memory. */
    record Broken(Throwable cause) implements Attempt {}
}

package dev.signet.sealed;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * One sealed value, taken apart: two bytes with the length of the wrapped session key (big endian),
 * the wrapped session key, and the encrypted value with its tag. It is written in base64, in one
 * line.
 */
final class Ciphertext {

    private static final int LENGTH_BYTES = 2;
    private static final int TAG_BYTES = 16;

    private final byte[] wrappedKey;
    private final byte[] encrypted;

    Ciphertext(byte[] wrappedKey, byte[] encrypted) {
        this.wrappedKey = wrappedKey;
        this.encrypted = encrypted;
    }

    /** The parts; empty where the length leaves no room for a tag. */
    static Optional<Ciphertext> split(byte[] bytes) {
        if (bytes.length < LENGTH_BYTES) {
            return Optional.empty();
        }
        int length = Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort());
        int end = LENGTH_BYTES + length;
        if (end + TAG_BYTES > bytes.length) {
            return Optional.empty();
        }
        return Optional.of(
                new Ciphertext(
                        Arrays.copyOfRange(bytes, LENGTH_BYTES, end),
                        Arrays.copyOfRange(bytes, end, bytes.length)));
    }

    /** As it is written in a manifest. */
    String text() {
        ByteBuffer whole = ByteBuffer.allocate(LENGTH_BYTES + wrappedKey.length + encrypted.length);
        whole.putShort((short) wrappedKey.length).put(wrappedKey).put(encrypted);
        return Base64.getEncoder().encodeToString(whole.array());
    }

    byte[] wrappedKey() {
        return wrappedKey;
    }

    byte[] encrypted() {
        return encrypted;
    }
}

package dev.signet.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The bytes of one secret value, kept from being printed by accident.
 *
 * <p>{@link #toString()} never shows the value. Copies are made on the way in and out; {@link
 * #wipe()} overwrites the copy held here. The JVM may hold other copies (JSON parsers, TLS
 * buffers), which nothing here can reach.
 */
public final class SecretValue {

    private final byte[] bytes;

    private SecretValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A value of these bytes, which are copied. */
    public static SecretValue of(byte[] bytes) {
        return new SecretValue(bytes.clone());
    }

    /** A value of the UTF-8 bytes of {@code text}. */
    public static SecretValue ofUtf8(String text) {
        return new SecretValue(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes read as UTF-8; malformed input becomes U+FFFD. */
    public String utf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The number of bytes. */
    public int size() {
        return bytes.length;
    }

    /** Overwrites the bytes held here with zeros. The value must not be used afterwards. */
    public void wipe() {
        Arrays.fill(bytes, (byte) 0);
    }

    /** Whether both hold the same bytes; takes the same time wherever they differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SecretValue that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Always {@code ***}. */
    @Override
    public String toString() {
        return "***";
    }
}

package dev.signet.sealed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One element of DER (X.690 §8.1) inside its bytes. Enough to walk through a certificate: the
 * library that reads the rest of ASN.1 takes a quarter of a second to load, which is longer than
 * all the rest of sealing.
 */
final class Der {

    static final int SEQUENCE = 0x30;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;

    /** The version of a certificate, which is left out in the first one. */
    static final int VERSION = 0xa0;

    private static final int LONG_FORM = 0x80;
    private static final int MOST_LENGTH_BYTES = 3;
    private static final int TAG_WITH_MORE_BYTES = 0x1f;

    private final byte[] bytes;
    private final int start;
    private final int content;
    private final int end;

    private Der(byte[] bytes, int start, int content, int end) {
        this.bytes = bytes;
        this.start = start;
        this.content = content;
        this.end = end;
    }

    /** The element that begins the bytes. */
    static Der first(byte[] bytes) {
        return at(bytes, 0, bytes.length);
    }

    private static Der at(byte[] bytes, int start, int limit) {
        if (limit - start < 2 || (bytes[start] & TAG_WITH_MORE_BYTES) == TAG_WITH_MORE_BYTES) {
            throw new IllegalArgumentException("no element");
        }
        int content = start + 2;
        int length = bytes[start + 1] & 0xff;
        if (length >= LONG_FORM) {
            int more = length - LONG_FORM;
            if (more == 0 || more > MOST_LENGTH_BYTES || limit - content < more) {
                throw new IllegalArgumentException("no length");
            }
            length = 0;
            for (int byteAt = 0; byteAt < more; byteAt++) {
                length = (length << Byte.SIZE) | (bytes[content + byteAt] & 0xff);
            }
            content += more;
        }
        if (length > limit - content) {
            throw new IllegalArgumentException("longer than what holds it");
        }
        return new Der(bytes, start, content, content + length);
    }

    int tag() {
        return bytes[start] & 0xff;
    }

    /** The elements of a sequence. */
    List<Der> elements() {
        if (tag() != SEQUENCE) {
            throw new IllegalArgumentException("no sequence");
        }
        List<Der> elements = new ArrayList<>();
        int at = content;
        while (at < end) {
            Der element = at(bytes, at, end);
            elements.add(element);
            at = element.end;
        }
        return elements;
    }

    /** What stands in it. */
    byte[] value() {
        return Arrays.copyOfRange(bytes, content, end);
    }

    /** All of it, tag and length included. */
    byte[] whole() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    /** Where it stands; what it holds may be long. */
    @Override
    public String toString() {
        return "element of tag %d from %d to %d".formatted(tag(), start, end);
    }
}

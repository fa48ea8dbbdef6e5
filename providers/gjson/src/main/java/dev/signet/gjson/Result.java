package dev.signet.gjson;

import java.nio.charset.StandardCharsets;

/** What a path led to. It may be nothing: see {@link #exists()}. */
public final class Result {

    private final Value value;

    Result(Value value) {
        this.value = value;
    }

    /** Whether the path led to a value; a JSON {@code null} is one. */
    public boolean exists() {
        return value.exists();
    }

    /** The kind of value; {@link Type#NULL} where nothing exists. */
    public Type type() {
        return value.type();
    }

    /** The value's JSON text as it stands in the input; empty where nothing exists. */
    public String raw() {
        return ByteText.toUtf16(value.raw());
    }

    /**
     * The value as text: a string without its quotes and escapes, a plain integer as written, any
     * other number in Go's shortest decimal form without an exponent, an object or array as it
     * stands, and nothing for {@code null}.
     */
    public String string() {
        return ByteText.toUtf16(value.string());
    }

    /** The bytes of {@link #string()}, also where they are not valid UTF-8. */
    public byte[] bytes() {
        return value.string().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether the value is an object. */
    public boolean isObject() {
        return value.isObject();
    }

    /** Whether the value is an array. */
    public boolean isArray() {
        return value.isArray();
    }

    /** The type alone: what the value holds may be secret. */
    @Override
    public String toString() {
        return exists() ? "Result[" + value.type().text() + "]" : "Result[nothing]";
    }
}

package dev.signet.http;

import org.jspecify.annotations.Nullable;

/**
 * A header field.
 *
 * @param name a token of RFC 9110
 * @param value of visible characters of ISO 8859-1, spaces and tabs; it may be a credential
 */
public record HttpField(String name, String value) {

    /**
     * @throws IllegalArgumentException where HTTP does not allow the name or the value; the message
     *     does not quote the value
     */
    public HttpField {
        if (name.isEmpty() || !name.chars().allMatch(HttpField::isTokenCharacter)) {
            throw new IllegalArgumentException("not a name of a header field: " + name);
        }
        if (!value.chars().allMatch(HttpField::isValueCharacter)) {
            throw new IllegalArgumentException(
                    "the value of " + name + " has characters that HTTP does not allow");
        }
    }

    /** The name alone. */
    @Override
    public String toString() {
        return name + ": ***";
    }

    private static boolean isTokenCharacter(int c) {
        return (c < 0x80 && Character.isLetterOrDigit(c)) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private static boolean isValueCharacter(int c) {
        return c == '\t' || (c >= ' ' && c != 0x7f && c <= 0xff);
    }

    /** The first value of a field among these, whatever the case of its name; null without one. */
    static @Nullable String first(Iterable<HttpField> fields, String name) {
        for (HttpField field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                return field.value();
            }
        }
        return null;
    }
}

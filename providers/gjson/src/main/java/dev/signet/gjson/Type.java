package dev.signet.gjson;

/** What kind of JSON value a {@link Result} is. */
public enum Type {
    /** The literal {@code null}; also the type of what does not exist. */
    NULL("Null"),
    /** The literal {@code false}. */
    FALSE("False"),
    /** A number. */
    NUMBER("Number"),
    /** A string. */
    STRING("String"),
    /** The literal {@code true}. */
    TRUE("True"),
    /** An object or an array. */
    JSON("JSON");

    private final String text;

    Type(String text) {
        this.text = text;
    }

    /** The name that GJSON gives this type, such as {@code String}. */
    public String text() {
        return text;
    }
}

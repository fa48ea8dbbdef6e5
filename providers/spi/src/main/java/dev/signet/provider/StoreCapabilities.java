package dev.signet.provider;

/** What a provider can do; {@link #text()} is what {@code status.capabilities} shows. */
public enum StoreCapabilities {
    READ_ONLY("ReadOnly"),
    WRITE_ONLY("WriteOnly"),
    READ_WRITE("ReadWrite");

    private final String text;

    StoreCapabilities(String text) {
        this.text = text;
    }

    /** The value of {@code status.capabilities}. */
    public String text() {
        return text;
    }
}

package dev.signet.provider.contract;

/** What a provider is tried for; {@link #text()} is its row in the table of conformance. */
public enum ContractCase {
    GET("get"),
    PROPERTY("property"),
    VERSION("version"),
    MISSING("missing"),
    DENIED("denied"),
    UNREACHABLE("unreachable"),
    BUSY("busy"),
    FIND("find"),
    EXTRACT("extract"),
    METADATA("metadata"),
    BINARY("binary"),
    LARGE("64 KiB"),
    UNICODE("unicode"),
    HOSTILE_KEYS("hostile keys"),
    CONCURRENT("concurrent"),
    CANCELLED("cancelled"),
    ROTATED("credentials rotated"),
    CHECK("store check"),
    CLOSE("close"),
    DISCREET("no value in any text");

    private final String text;

    ContractCase(String text) {
        this.text = text;
    }

    /** The case in a few words. */
    public String text() {
        return text;
    }
}

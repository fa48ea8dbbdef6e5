package dev.signet.gjson;

/** Bounds the nesting and the work of one evaluation, so that no input can exhaust the process. */
final class Budget {

    /** Small enough for a 512 KiB stack. */
    static final int MAX_DEPTH = 500;

    /** Bytes that may be looked at; about a second of work. */
    static final long MAX_SCANNED = 1L << 28;

    /** Bytes of new JSON that may be made; a Secret holds one MiB. */
    static final long MAX_PRODUCED = 1L << 24;

    private int depth;
    private long scanned;
    private long produced;

    /** Goes one level deeper; every call is paired with {@link #leave()}. */
    void enter() {
        depth++;
        if (depth > MAX_DEPTH) {
            throw new PathLimitException("nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    void leave() {
        depth--;
    }

    void scan(int bytes) {
        scanned += bytes;
        if (scanned > MAX_SCANNED) {
            throw new PathLimitException("the path needs too many passes over the JSON");
        }
    }

    /** Accounts for new text and hands it on. */
    String produce(String text) {
        reserve(text.length());
        return text;
    }

    void reserve(int bytes) {
        produced += bytes;
        if (produced > MAX_PRODUCED) {
            throw new PathLimitException("the path makes more than " + MAX_PRODUCED + " bytes");
        }
    }
}

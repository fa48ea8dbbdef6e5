package dev.signet.cli.keys;

/**
 * What became of a saved key.
 *
 * @param name of its Secret
 * @param detail its fingerprint, or why nothing was done
 */
public record Restored(String name, What what, String detail) {

    /** What was done. */
    public enum What {
        /** It was missing and is there now. */
        CREATED("created"),
        /** It is there already. */
        UNCHANGED("unchanged"),
        /** Another was there, and was replaced as asked. */
        REPLACED("replaced"),
        /** Another is there, and was left. */
        DIFFERENT("not restored"),
        /** What was saved is no key. */
        BROKEN("not restored"),
        /** What was saved is not said to be a key. */
        FOREIGN("passed over");

        private final String word;

        What(String word) {
            this.word = word;
        }

        /** In a word or two. */
        public String word() {
            return word;
        }
    }

    /** Whether it is, or was, a key of sealed values. */
    public boolean isKey() {
        return what != What.FOREIGN;
    }

    /** Whether the key is not in the cluster now. */
    public boolean isFailure() {
        return what == What.DIFFERENT || what == What.BROKEN;
    }
}

package dev.signet.cli.seal;

/**
 * One flag of the command line.
 *
 * @param name behind two dashes
 * @param letter behind one dash; 0 for none
 * @param kind what its value may be
 * @param initial its value where it is not given; empty for none
 * @param help what it does; empty where it is not to be shown
 */
record Flag(String name, char letter, FlagKind kind, String initial, String help) {

    /** Taken for {@link #RE_ENCRYPT}, as it was once called. */
    static final String ROTATE = "rotate";

    /** Seal anew with the newest key. */
    static final String RE_ENCRYPT = "re-encrypt";

    static Flag text(String name, String help) {
        return new Flag(name, (char) 0, FlagKind.TEXT, "", help);
    }

    static Flag bool(String name, String help) {
        return new Flag(name, (char) 0, FlagKind.BOOLEAN, "false", help);
    }

    static Flag list(String name, String help) {
        return new Flag(name, (char) 0, FlagKind.LIST, "", help);
    }

    static Flag of(String name, FlagKind kind, String help) {
        return new Flag(name, (char) 0, kind, "", help);
    }

    Flag letter(char shorthand) {
        return new Flag(name, shorthand, kind, initial, help);
    }

    Flag initially(String value) {
        return new Flag(name, letter, kind, value, help);
    }

    /** As it is named where its value is wrong. */
    String title() {
        return letter == 0 ? "--" + name : "-%c, --%s".formatted(letter, name);
    }
}

package dev.signet.cli.bench;

import java.util.Locale;

/** What a figure is counted in. */
enum Unit {
    SECONDS("s", 2),
    MILLISECONDS("ms", 1),
    MILLISECONDS_EACH("ms", 2),
    MEGABYTES("MB", 0),
    TIMES("x", 2),
    PER_SECOND("/s", 0),
    COUNT("", 0);

    private final String symbol;
    private final int digits;

    Unit(String symbol, int digits) {
        this.symbol = symbol;
        this.digits = digits;
    }

    /** The number with its unit, for people. */
    String text(double value) {
        String number = number(value);
        return symbol.isEmpty() ? number : number + " " + symbol;
    }

    /** The number alone, with as many digits as it deserves. */
    String number(double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}

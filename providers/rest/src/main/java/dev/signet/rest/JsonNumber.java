package dev.signet.rest;

/** A number as it was written, which is how it is printed again. */
public final class JsonNumber extends Number {

    private static final long serialVersionUID = 1L;

    private final String text;

    JsonNumber(String text) {
        this.text = text;
    }

    @Override
    public int intValue() {
        return (int) doubleValue();
    }

    @Override
    public long longValue() {
        return (long) doubleValue();
    }

    @Override
    public float floatValue() {
        return (float) doubleValue();
    }

    @Override
    public double doubleValue() {
        return Double.parseDouble(text);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}

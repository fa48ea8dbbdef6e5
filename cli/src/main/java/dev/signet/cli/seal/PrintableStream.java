package dev.signet.cli.seal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Takes the control characters out of UTF-8 text: names in it come from files that others wrote,
 * and a terminal obeys what stands in them. Line ends and tabs stay.
 */
public final class PrintableStream extends FilterOutputStream {

    private static final int LEAD_OF_C1 = 0xC2;
    private static final int FIRST_OF_C1 = 0x80;
    private static final int LAST_OF_C1 = 0x9F;
    private static final int NO_BREAK_SPACE = 0xA0;
    private static final int DELETE = 0x7F;

    private int former;

    /** A stream before another. */
    public PrintableStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int written) throws IOException {
        out.write(printable(written));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        byte[] clean = new byte[length];
        for (int i = 0; i < length; i++) {
            clean[i] = (byte) printable(bytes[offset + i]);
        }
        out.write(clean, 0, length);
    }

    private int printable(int written) {
        int unit = written & 0xFF;
        boolean c1 = former == LEAD_OF_C1 && unit >= FIRST_OF_C1 && unit <= LAST_OF_C1;
        former = unit;
        if (c1) {
            return NO_BREAK_SPACE;
        }
        return (unit < ' ' && unit != '\n' && unit != '\t') || unit == DELETE ? '?' : unit;
    }
}

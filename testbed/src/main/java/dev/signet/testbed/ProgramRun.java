package dev.signet.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a program that ran to its end has left. */
public final class ProgramRun {

    private final int status;
    private final byte[] output;
    private final String complaint;

    ProgramRun(int status, byte[] output, String complaint) {
        this.status = status;
        this.output = output;
        this.complaint = complaint;
    }

    /** Its exit status. */
    public int status() {
        return status;
    }

    /** The bytes on its standard output. */
    public byte[] output() {
        return output.clone();
    }

    /** The standard output as text. */
    public String text() {
        return new String(output, UTF_8);
    }

    /** The text on its standard error. */
    public String complaint() {
        return complaint;
    }

    /**
     * Itself.
     *
     * @throws TestbedException with what the program complained of, unless it ended with 0
     */
    public ProgramRun succeeded() {
        if (status != 0) {
            throw new TestbedException("ended with " + status + ": " + complaint.strip());
        }
        return this;
    }

    /** The status alone: the rest may hold a secret. */
    @Override
    public String toString() {
        return "ProgramRun[status=" + status + "]";
    }
}

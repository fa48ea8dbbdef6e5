package dev.signet.cli.seal;

/** Tells of a failure that nobody foresaw, without its message, which may hold anything. */
final class Unexpected {

    private Unexpected() {}

    /** What and where, in one line. */
    static String line(Throwable problem) {
        StackTraceElement[] trace = problem.getStackTrace();
        return "unexpected failure: %s at %s"
                .formatted(
                        problem.getClass().getSimpleName(),
                        trace.length == 0 ? "an unknown place" : trace[0]);
    }
}

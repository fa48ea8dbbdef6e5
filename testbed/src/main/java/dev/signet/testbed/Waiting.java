package dev.signet.testbed;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Waits for a server to be ready. */
final class Waiting {

    private static final Duration STEP = Duration.ofMillis(50);

    private Waiting() {}

    /**
     * Returns once {@code ready} holds.
     *
     * @throws TestbedException with the end of a process's log, when one of {@code needed} ends
     *     before or {@code limit} passes
     */
    static void until(
            String what, Duration limit, List<GuardedProcess> needed, BooleanSupplier ready) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ready.getAsBoolean()) {
            for (GuardedProcess process : needed) {
                if (!process.isAlive()) {
                    throw new TestbedException(
                            process.name() + " ended while " + what + ":" + process.quotedLog());
                }
            }
            if (System.nanoTime() > deadline) {
                throw new TestbedException(
                        "no success in %s while %s:%s"
                                .formatted(
                                        Elapsed.inWords(limit),
                                        what,
                                        needed.isEmpty() ? "" : needed.getLast().quotedLog()));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(STEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TestbedException("interrupted while waiting for a server", e);
        }
    }
}

package dev.signet.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command clean up when the process is asked to end: by Ctrl-C, SIGTERM or SIGHUP.
 *
 * <p>The thread that made this is interrupted, and the process stays until that thread has closed
 * this, or until patience ends. It then ends with the {@linkplain #endWith status} that the command
 * has set, whatever the command returns or throws meanwhile.
 */
final class OrderlyEnd implements AutoCloseable {

    /** What shells make of SIGINT; a command that was broken off ends with it. */
    static final int BROKEN_OFF = 130;

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch cleanedUp = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean asked;
    private volatile int status;

    private OrderlyEnd(Duration patience, int status) {
        this.status = status;
        this.hook = Thread.ofPlatform().unstarted(() -> end(patience));
    }

    /**
     * Listens from now on.
     *
     * @param patience how long cleaning up may take
     * @param status the exit code when the process is asked to end
     */
    static OrderlyEnd listen(Duration patience, int status) {
        OrderlyEnd end = new OrderlyEnd(patience, status);
        Runtime.getRuntime().addShutdownHook(end.hook);
        return end;
    }

    /** Whether the process was asked to end. */
    boolean asked() {
        return asked;
    }

    /** From now on, the exit code when the process is asked to end. */
    void endWith(int newStatus) {
        status = newStatus;
    }

    /** To be called at the head of all cleaning up: what follows shall not be interrupted. */
    static void beginCleaningUp() {
        // The exit code tells of the signal; nobody up the stack needs the flag.
        boolean _ = Thread.interrupted();
    }

    private void end(Duration patience) {
        asked = true;
        worker.interrupt();
        try {
            boolean _ = cleanedUp.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(status);
    }

    /** Cleaning up is done. Does not return when the process was asked to end. */
    @Override
    public void close() {
        cleanedUp.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // Says nothing more: the process is gone as soon as the hook has run.
            park();
        }
    }

    private static void park() {
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException ignored) {
                // The interrupt was meant for the work, which is over.
                beginCleaningUp();
            }
        }
    }
}

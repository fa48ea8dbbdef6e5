package dev.signet.provider.azure;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives a call of the SDK so much time and no more: the SDK bounds the wait for an answer's
 * beginning, and not for its end.
 */
final class Deadline {

    private Deadline() {}

    /**
     * What the call returns.
     *
     * @throws TimeoutException if it does not end in time; it is interrupted
     * @throws InterruptedException if the caller is; so is the call
     * @throws ExecutionException with what it threw
     */
    static <T> T run(Callable<T> call, Duration limit)
            throws InterruptedException, TimeoutException, ExecutionException {
        FutureTask<T> task = new FutureTask<>(call);
        Thread.ofVirtual().name("key-vault-call").start(task);
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            task.cancel(true);
        }
    }
}

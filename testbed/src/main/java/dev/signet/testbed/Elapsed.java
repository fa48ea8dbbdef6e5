package dev.signet.testbed;

import java.time.Duration;

/** Says that something lasts, and for how long, until it is closed. */
final class Elapsed implements AutoCloseable {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

    private final Thread ticker;

    private Elapsed(Thread ticker) {
        this.ticker = ticker;
    }

    static Elapsed report(Progress progress, String what) {
        progress.line(what);
        long since = System.nanoTime();
        Thread ticker =
                Thread.ofVirtual()
                        .name("testbed-elapsed")
                        .start(() -> {
                            try {
                                while (true) {
                                    Thread.sleep(BETWEEN_LINES);
                                    Duration spent = Duration.ofNanos(System.nanoTime() - since);
                                    progress.line(what + " " + inWords(spent));
                                }
                            } catch (InterruptedException closed) {
                                Thread.currentThread().interrupt();
                            }
                        });
        return new Elapsed(ticker);
    }

    static String inWords(Duration spent) {
        long seconds = spent.toSeconds();
        return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    @Override
    public void close() {
        ticker.interrupt();
    }
}

package dev.signet.operator.refresh;

/** How fast refreshes may go to each store. */
@FunctionalInterface
public interface StoreRates {

    /** No store is bounded. */
    StoreRates UNLIMITED = store -> Rate.UNLIMITED;

    /**
     * The rate for refreshes and retries of objects that read from {@code store}, a name given by
     * {@link StoreOf}. It is asked again from time to time, so that a changed rate takes effect. It
     * is called while the queue is locked, so it must be quick and must not call the queue; if it
     * throws, the store is not bounded.
     */
    Rate rateOf(String store);

    /**
     * A token bucket's shape.
     *
     * @param perSecond refreshes per second in the long run; infinite means no bound
     * @param burst how many may go at once after a pause; at least 1
     */
    record Rate(double perSecond, int burst) {

        /** No bound. */
        public static final Rate UNLIMITED = new Rate(Double.POSITIVE_INFINITY, 1);

        /**
         * Checks that the rate is positive.
         *
         * @throws IllegalArgumentException if it is not, or if {@code burst} is below 1
         */
        public Rate {
            if (!(perSecond > 0) || burst < 1) {
                throw new IllegalArgumentException(
                        "a rate needs perSecond > 0 and burst >= 1, not "
                                + perSecond
                                + " and "
                                + burst);
            }
        }
    }
}

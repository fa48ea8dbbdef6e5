package dev.signet.operator.refresh;

/**
 * How much of what all have in common one may hold: up to three times what is left over. One alone
 * gets three quarters; a second that holds on as long leaves some, and so do a few more. Who holds
 * nothing may always take what is left, and the last ones are for those alone.
 */
public final class Share {

    private Share() {}

    /**
     * Whether one that holds {@code held} may take another.
     *
     * @param free how many nobody holds
     * @param all how many there are
     */
    public static boolean allows(int held, int free, int all) {
        return free > 0 && (held == 0 || held < 3 * (free - all / 16));
    }
}

package dev.signet.operator.sealedsecret;

import dev.signet.operator.observe.BindAddress;

/**
 * How the HTTP API that kubeseal uses is served.
 *
 * @param address where it listens
 * @param rate how many requests to verify or to rotate a caller may send each second; 0 for any
 *     number
 * @param burst how many more at once
 */
public record ApiSettings(BindAddress address, double rate, int burst) {

    /**
     * What the command line starts from. The rates are ten and twenty times those of Bitnami's
     * controller, which make 40 documents take 20 seconds. What they spare there is spared here by
     * other bounds: how many requests are worked on at once and for how long, on threads that
     * unsealing does not need.
     */
    public static final ApiSettings DEFAULTS = new ApiSettings(BindAddress.parse(":8080"), 20, 40);

    /** An API that is not served. */
    public static final ApiSettings OFF = new ApiSettings(BindAddress.DISABLED, 20, 40);
}

package dev.signet.operator.externalsecret;

/**
 * How a sync ended, as the Ready condition tells it.
 *
 * @param bound whether the target now holds what was read
 */
record Ending(String reason, String message, boolean bound) {}

package dev.signet.operator.externalsecret;

/**
 * Why an ExternalSecret is looked at.
 *
 * @param granted whether the queue has given a place for a periodic refresh; without it one waits
 *     its turn there
 * @param forced whether its store has changed, so that values may differ although no refresh is due
 * @param lastChance whether it has waited long enough for a store without a verdict
 */
record Ask(boolean granted, boolean forced, boolean lastChance) {}

package dev.signet.operator.externalsecret;

/** What became of the target. */
enum WriteResult {
    CREATED,
    UPDATED,
    /** It was as it should be, and was not touched. */
    UNCHANGED,
    /** It is not there, and the policy does not let us make it. */
    ABSENT,
    /** The policy says to write nothing. */
    NOT_WRITTEN
}

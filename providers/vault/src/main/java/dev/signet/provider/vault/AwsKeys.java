package dev.signet.provider.vault;

/**
 * Keys that sign requests to AWS.
 *
 * @param accessKeyId which key
 * @param secretAccessKey the key itself
 * @param sessionToken goes with temporary keys; empty for others
 */
record AwsKeys(String accessKeyId, String secretAccessKey, String sessionToken) {

    /** Shows neither key nor token. */
    @Override
    public String toString() {
        return "AwsKeys[***]";
    }
}

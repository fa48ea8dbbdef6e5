package dev.signet.operator.sealedsecret;

/** What came of bringing a Secret to what it should be. */
sealed interface Written {

    /**
     * It is as it should be.
     *
     * @param changed whether it was not before
     */
    record Done(String uid, String resourceVersion, boolean changed) implements Written {}

    /**
     * It is not, and was left as it is.
     *
     * @param unmanaged whether that is because it is somebody else's
     */
    record Refused(boolean unmanaged, String message) implements Written {}
}

package dev.signet.provider.azure;

/**
 * Carries a refusal past the SDK, whose own exceptions quote the answer. Has no message but the
 * status.
 */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    RefusedException(Refusal refusal) {
        super("the vault answered " + refusal.status(), null, false, false);
        this.refusal = refusal;
    }

    /** What the vault said. */
    Refusal refusal() {
        return refusal;
    }
}

package dev.signet.operator.observe;

/** How a reconcile ended, as controller-runtime tells it. */
public enum ReconcileResult {
    /** Done until something happens. */
    SUCCESS("success"),
    /** It failed and will be tried again. */
    ERROR("error"),
    /** Done, and asked for once more at once. */
    REQUEUE("requeue"),
    /** Done, and due again after a time. */
    REQUEUE_AFTER("requeue_after");

    private final String label;

    ReconcileResult(String label) {
        this.label = label;
    }

    /** The value of the label {@code result}. */
    public String label() {
        return label;
    }
}

package dev.signet.operator.observe;

/** The status of a condition, and the value of the label {@code status}. */
public enum ConditionStatus {
    /** It holds. */
    TRUE("True"),
    /** It does not hold. */
    FALSE("False"),
    /** It cannot be told. */
    UNKNOWN("Unknown");

    private final String label;

    ConditionStatus(String label) {
        this.label = label;
    }

    /** As it is written in a condition. */
    public String label() {
        return label;
    }

    /** Of the text in a condition; {@link #UNKNOWN} for any but True and False. */
    public static ConditionStatus of(String text) {
        return switch (text) {
            case "True" -> TRUE;
            case "False" -> FALSE;
            default -> UNKNOWN;
        };
    }
}

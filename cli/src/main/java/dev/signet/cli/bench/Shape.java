package dev.signet.cli.bench;

import java.util.Locale;

/** The kinds of work that are measured. */
public enum Shape {
    /** A fleet that was never synced is there when the operator starts. */
    COLD,
    /** All of a synced fleet is due at once, and nothing has changed. */
    REFRESH,
    /** Objects of a synced fleet are triggered one after the other. */
    TRIGGER,
    /** The operator is started again, and nothing has changed. */
    RESTART,
    /** Cold, trigger and restart, one after the other on the same fleet. */
    ALL,
    /** Everything changes and breaks for a while; then all must be right. */
    CHURN,
    /** SealedSecrets are opened cold and after a restart, by this operator and by Bitnami's. */
    SEALED;

    /** The name as it is written in a command. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of the objects that there are so many of, in the plural. */
    String kind() {
        return this == SEALED ? "SealedSecrets" : "ExternalSecrets";
    }
}

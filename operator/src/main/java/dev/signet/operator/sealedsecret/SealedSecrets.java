package dev.signet.operator.sealedsecret;

import dev.signet.sealed.Opener;

/** All that serves Sealed Secrets, from start to stop. */
public final class SealedSecrets implements AutoCloseable {

    private final Opener opener;

    /** Of their own, so that what stores ask for does not stand in front of unsealing. */
    private final Opener openerOfStores;

    private final Keys keys;
    private final SealedSecretReconciler reconciler;
    private final boolean acceptsLegacy;

    /**
     * Nothing is started yet.
     *
     * @param namespace the one namespace that the operator works in; empty for all
     * @param onServed is run once it is known that SealedSecrets can be served
     */
    public SealedSecrets(
            SealedParts parts,
            SealedSecretsConfig config,
            String namespace,
            Keys keys,
            Runnable onServed) {
        this.opener = new Opener();
        this.openerOfStores =
                new Opener(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        this.keys = keys;
        this.acceptsLegacy = config.unseal().acceptLegacy();
        this.reconciler =
                new SealedSecretReconciler(parts, config, namespace, keys, opener, onServed);
    }

    SealedSecrets(SealedParts parts, SealedSecretsConfig config, String namespace, Keys keys) {
        this(
                parts,
                config,
                namespace,
                keys,
                () -> {
                    // These keys need no start.
                });
    }

    /**
     * Begins to serve, where the API server knows SealedSecrets and lets them be watched; where
     * not, as soon as it does. Returns at once.
     */
    public void start() {
        reconciler.start();
    }

    /** The SealedSecrets of the cluster. */
    public SealedSecretCatalog catalog() {
        return reconciler.catalog();
    }

    /** Opens sealed values for stores, with half of the processors. */
    public Opener openerOfStores() {
        return openerOfStores;
    }

    /** Whether what older versions sealed as a whole, in {@code spec.data}, is opened. */
    public boolean acceptsLegacy() {
        return acceptsLegacy;
    }

    /** Whether unsealing goes on, as far as there is anything to unseal. */
    public boolean isGoingOn() {
        return reconciler.isGoingOn();
    }

    /** The keys to open them with. */
    public Keys keys() {
        return keys;
    }

    /** Stops; what is under way may finish within a second. */
    @Override
    public void close() {
        reconciler.close();
        opener.close();
        openerOfStores.close();
    }
}

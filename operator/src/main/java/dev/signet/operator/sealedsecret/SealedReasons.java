package dev.signet.operator.sealedsecret;

/** Words for programs, in events, conditions and metrics. Those of Bitnami's controller. */
final class SealedReasons {

    /** Who tells of events. */
    static final String COMPONENT = "sealed-secrets";

    static final String UNSEALED = "Unsealed";
    static final String UNSEAL_FAILED = "ErrUnsealFailed";
    static final String UPDATE_FAILED = "ErrUpdateFailed";

    /** Ours: there is no Secret, and is to be none. */
    static final String STORE_ONLY = "StoreOnly";

    static final String SUCCESS = "SealedSecret unsealed successfully";
    static final String OPENED_FOR_STORES =
            "opened for stores; no Secret is made, as the annotation signet.dev/store-only says";

    private SealedReasons() {}
}

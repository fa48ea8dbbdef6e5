package dev.signet.operator.externalsecret;

import java.util.Set;

/** The reasons and messages of conditions and events, as External Secrets has them. */
final class Reasons {

    static final String SYNCED = "SecretSynced";
    static final String DELETED = "SecretDeleted";
    static final String MISSING = "SecretMissing";
    static final String ERROR = "SecretSyncedError";

    static final String EVENT_CREATED = "Created";
    static final String EVENT_UPDATED = "Updated";
    static final String EVENT_DELETED = "Deleted";
    static final String EVENT_MISSING = "MissingProviderSecret";
    static final String EVENT_FAILED = "UpdateFailed";
    static final String EVENT_FALLBACK = "FallbackUsed";
    static final String EVENT_FALLBACK_OVER = "FallbackOver";

    static final String SECRET_SYNCED = "secret synced";
    static final String SECRET_RETAINED = "secret retained due to DeletionPolicy=Retain";
    static final String SECRET_DELETED = "secret deleted due to DeletionPolicy=Delete";
    static final String SECRET_NOT_CREATED =
            "secret will not be created due to CreationPolicy=Merge";
    static final String SECRET_ORPHANED = "secret deleted because it was orphaned";
    static final String SECRET_CREATED = "secret created";
    static final String SECRET_UPDATED = "secret updated";
    static final String FALLBACK_OVER = "the values come from the store itself again";

    /** The messages of syncs that succeeded and left no target. */
    static final Set<String> WITHOUT_TARGET =
            Set.of(SECRET_RETAINED, SECRET_DELETED, SECRET_NOT_CREATED);

    private Reasons() {}
}

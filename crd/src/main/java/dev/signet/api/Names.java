package dev.signet.api;

/** The patterns of names that the schemas demand. */
public final class Names {

    /** A name of an object: a DNS subdomain. */
    public static final String SUBDOMAIN =
            "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    /** A name of a namespace: a DNS label. */
    public static final String LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    /** A key of a Secret or ConfigMap. */
    public static final String KEY = "^[-._a-zA-Z0-9]+$";

    /** An AWS region. */
    public static final String AWS_REGION = "^[a-z0-9-]+$";

    /** A service account of Google Cloud. */
    public static final String GCP_ACCOUNT = "^.*@.*\\.iam\\.gserviceaccount\\.com$";

    /** A cron schedule of five fields, a named one, or {@code @every} and a duration. */
    public static final String SCHEDULE =
            "^(@(annually|yearly|monthly|weekly|daily|midnight|hourly)"
                    + "|@every [^\\s]+.*|[^\\s]+( [^\\s]+){4})$";

    private Names() {}
}

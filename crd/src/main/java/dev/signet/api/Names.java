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

    private Names() {}
}

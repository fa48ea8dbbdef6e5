package dev.signet.provider;

import java.util.List;

/**
 * One kind of secret backend. Implementations have a public constructor without parameters and are
 * listed in {@code META-INF/services}; they hold no state and do no I/O outside the sessions that
 * they open.
 *
 * @param <S> the spec of a store of this kind
 */
public interface SecretProvider<S> {

    /** The name of this provider's field under {@code spec.provider}. */
    String name();

    /** The type that the field's content is read as. */
    Class<S> specType();

    /** What stores of this kind can do. */
    StoreCapabilities capabilities();

    /** All that the spec refers to in the cluster. Pure. */
    List<Reference> references(S spec);

    /**
     * What is wrong with the spec, as far as can be told without I/O: each a sentence that names
     * the field. Pure.
     */
    List<String> problems(S spec);

    /** Opens a session. Does no I/O: a backend that is down shows in the first read. */
    SecretClient open(S spec, StoreContext context);
}

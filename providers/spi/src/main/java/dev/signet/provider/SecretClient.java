package dev.signet.provider;

import java.util.Map;
import java.util.Set;

/**
 * A session with one backend under one identity. Safe for use by many threads at once.
 *
 * <p>It logs in when it first needs to, keeps the login alive, and asks the backend for as little
 * as it can: references that are given together and share a remote secret cost one call. Every
 * reference asked for has an entry in the answer. No method throws for what a backend says or fails
 * to say: that is an outcome. All calls block, have a time limit of their own and end early when
 * the thread is interrupted.
 */
public interface SecretClient extends AutoCloseable {

    /** Reads one value for each reference ({@code data[]}). */
    Map<RemoteRef, ReadOutcome<SecretValue>> read(Set<RemoteRef> refs) throws InterruptedException;

    /**
     * Reads the keys and values inside the secret that each reference names ({@code
     * dataFrom[].extract}).
     */
    Map<RemoteRef, ReadOutcome<Map<String, SecretValue>>> extract(Set<RemoteRef> refs)
            throws InterruptedException;

    /**
     * Reads all secrets that match ({@code dataFrom[].find}), by remote key. Nothing that matches
     * is {@link ReadOutcome.Found} with an empty map; a match that cannot be read fails the whole
     * answer.
     */
    ReadOutcome<Map<String, SecretValue>> find(FindQuery query) throws InterruptedException;

    /** Tries whether the backend can be reached and accepts this identity. */
    StoreHealth validate() throws InterruptedException;

    /** Ends the session and revokes what it holds, within seconds; never throws. */
    @Override
    void close();
}

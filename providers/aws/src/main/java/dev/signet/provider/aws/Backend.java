package dev.signet.provider.aws;

import com.google.re2j.Pattern;
import dev.signet.provider.FindQuery;
import dev.signet.provider.ReadOutcome;
import dev.signet.provider.RemoteRef;
import dev.signet.provider.SecretValue;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One of the services that hold values. */
interface Backend {

    /**
     * What is read from the service: the same for references that differ in their property alone.
     *
     * @param id a name, prefix included, or an ARN
     * @param version as the reference has it; empty for the current one
     * @param metadata whether the tags are meant
     */
    record Source(String id, String version, boolean metadata) {}

    /** What a reference names, or why it can name nothing. */
    ReadOutcome<Source> source(RemoteRef ref);

    /** Begins to read. */
    CompletableFuture<ReadOutcome<SecretValue>> read(Source source);

    /**
     * All that matches, by full name.
     *
     * @param name the expression of the query
     */
    ReadOutcome<Map<String, SecretValue>> find(FindQuery query, Pattern name)
            throws InterruptedException;
}

package dev.signet.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One answered request in the audit log.
 *
 * @param time when it was answered
 * @param operation what was asked for, as in a policy: {@code read}, {@code create}, {@code list}
 * @param path without {@code v1/} and the namespace
 * @param namespace the namespace's path with a slash at the end; empty for the root
 * @param mountType the engine behind the path, such as {@code kv} or {@code approle}
 * @param displayName who asked, such as {@code token} or {@code approle}; empty if nobody was known
 * @param error what was answered when it failed; empty if it did not
 */
public record AuditEntry(
        Instant time,
        String operation,
        String path,
        String namespace,
        String mountType,
        String displayName,
        String error) {

    static AuditEntry of(JsonNode line) {
        JsonNode request = line.path("request");
        return new AuditEntry(
                Instant.parse(line.path("time").asText()),
                request.path("operation").asText(),
                request.path("path").asText(),
                request.at("/namespace/path").asText(),
                request.path("mount_type").asText(),
                line.at("/auth/display_name").asText(),
                line.path("error").asText());
    }

    /** Whether this was a login, successful or not. */
    public boolean isLogin() {
        return path.startsWith("auth/")
                && (path.endsWith("/login") || path.contains("/login/"))
                && !operation.equals("read");
    }

    /** Whether a value was read from a KV engine. */
    public boolean isKvRead() {
        return mountType.equals("kv") && operation.equals("read");
    }
}

package dev.signet.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a server was asked, from its audit log: one entry per answer, written before the answer is
 * sent, so that a test sees all requests that it has had answers to. Values in the log are hashed.
 */
public final class AuditLog {

    private final Supplier<byte[]> content;
    private final int from;

    AuditLog(Path file) {
        this(() -> readIfThere(file), 0);
    }

    AuditLog(Supplier<byte[]> content, int from) {
        this.content = content;
        this.from = from;
    }

    /** The entries since this log was taken, oldest first. */
    public List<AuditEntry> entries() {
        List<AuditEntry> entries = new ArrayList<>();
        for (String line : completeLines()) {
            try {
                JsonNode node = JsonHttp.JSON.readTree(line);
                if (node.path("type").asText().equals("response")) {
                    entries.add(AuditEntry.of(node));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return entries;
    }

    /** How many entries fulfil a condition. */
    public long count(Predicate<AuditEntry> condition) {
        return entries().stream().filter(condition).count();
    }

    /** How many logins there were, successful or not. */
    public long logins() {
        return count(AuditEntry::isLogin);
    }

    /** How many reads of KV engines there were, of data and of metadata. */
    public long kvReads() {
        return count(AuditEntry::isKvRead);
    }

    /** The log from now on: what was written until now is not in it. */
    public AuditLog fromNow() {
        return new AuditLog(content, content.get().length);
    }

    private List<String> completeLines() {
        byte[] all = content.get();
        String text = new String(all, from, Math.max(0, all.length - from), UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static byte[] readIfThere(Path file) {
        try {
            return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

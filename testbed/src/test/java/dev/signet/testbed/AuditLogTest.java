package dev.signet.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

    private static final String LINE =
            """
            {"type":"%s","time":"2026-01-02T03:04:05.6Z","auth":{"display_name":"token"},\
            "request":{"operation":"%s","path":"%s","mount_type":"%s","namespace":{"path":"ns/"}}}
            """;

    @TempDir private Path folder;

    @Test
    void countsAnswersAndNotTheirRequests() throws Exception {
        AuditLog log = log(LINE.formatted("request", "read", "secret/data/a", "kv"));
        append(LINE.formatted("response", "read", "secret/data/a", "kv"));
        append(LINE.formatted("response", "update", "auth/jwt/login", "jwt"));

        assertThat(log.entries()).hasSize(2);
        assertThat(log.kvReads()).isEqualTo(1);
        assertThat(log.logins()).isEqualTo(1);
        assertThat(log.entries().getFirst().namespace()).isEqualTo("ns/");
        assertThat(log.entries().getFirst().displayName()).isEqualTo("token");
    }

    @Test
    void fromNowLeavesOutWhatWasBefore() throws Exception {
        AuditLog log = log(LINE.formatted("response", "read", "secret/data/a", "kv"));
        AuditLog later = log.fromNow();
        append(LINE.formatted("response", "read", "secret/data/b", "kv"));

        assertThat(later.entries()).extracting(AuditEntry::path).containsExactly("secret/data/b");
        assertThat(log.entries()).hasSize(2);
    }

    @Test
    void lineThatIsStillBeingWrittenIsLeftOut() throws Exception {
        AuditLog log = log("{\"type\":\"resp");

        assertThat(log.entries()).isEmpty();
        assertThat(new AuditLog(folder.resolve("none")).entries()).isEmpty();
    }

    private AuditLog log(String text) throws Exception {
        return new AuditLog(Files.writeString(folder.resolve("audit.log"), text));
    }

    private void append(String text) throws Exception {
        Files.writeString(folder.resolve("audit.log"), text, StandardOpenOption.APPEND);
    }
}

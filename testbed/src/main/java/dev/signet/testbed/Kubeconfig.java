package dev.signet.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Set;

/** The file that tells clients where a cluster is and who they are. */
final class Kubeconfig {

    private Kubeconfig() {}

    static String of(URI server, String caPem, String token) {
        return text(
                server,
                "certificate-authority-data: "
                        + Base64.getEncoder().encodeToString(caPem.getBytes(UTF_8)),
                token);
    }

    /** For a server without TLS. */
    static String plain(URI server, String token) {
        return text(server, "insecure-skip-tls-verify: true", token);
    }

    private static String text(URI server, String trust, String token) {
        return """
        apiVersion: v1
        kind: Config
        clusters:
          - name: signet
            cluster:
              server: %s
              %s
        users:
          - name: signet
            user:
              token: %s
        contexts:
          - name: signet
            context:
              cluster: signet
              user: signet
        current-context: signet
        """
                .formatted(server, trust, token);
    }

    /** Writes a file that this user alone can read. */
    static void write(Path file, String text) {
        try {
            Files.deleteIfExists(file);
            Files.newByteChannel(
                            file,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")))
                    .close();
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

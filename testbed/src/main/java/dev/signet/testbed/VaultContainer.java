package dev.signet.testbed;

import com.github.dockerjava.api.exception.NotFoundException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * A development server in a container. The image needs a {@code vault} program on its path, be it
 * HashiCorp's or OpenBao's. It cannot reach what listens on this machine's 127.0.0.1, so Kubernetes
 * auth does not work with it.
 */
final class VaultContainer implements VaultServer {

    private static final int PORT = 8200;
    private static final int ACTIVE = 200;
    private static final int SEALED = 503;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ROOT_TOKEN = "root";
    private static final String FOLDER = "/signet/";
    private static final String AUDIT_FILE = FOLDER + "audit.log";
    private static final Pattern UNSEAL_KEY = Pattern.compile("Unseal Key: (\\S+)");

    // OpenBao takes audit devices from its configuration alone; Vault ignores this stanza.
    private static final String CONFIG =
            """
            audit "file" "testbed" {
              options {
                file_path = "%s"
              }
            }
            """
                    .formatted(AUDIT_FILE);

    private final GenericContainer<?> container;

    private VaultContainer(GenericContainer<?> container) {
        this.container = container;
    }

    static boolean engineAnswers() {
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } catch (RuntimeException e) {
            throw new TestbedException(
                    "Docker answers, but Testcontainers cannot use it: " + e.getMessage(), e);
        }
    }

    static VaultContainer start(String image) {
        GenericContainer<?> container =
                new GenericContainer<>(DockerImageName.parse(image))
                        .withExposedPorts(PORT)
                        .withCopyToContainer(Transferable.of(CONFIG), FOLDER + "config.hcl")
                        .withCreateContainerCmdModifier(create -> create.withEntrypoint("vault"))
                        .withCommand(
                                "server",
                                "-dev",
                                "-dev-root-token-id=" + ROOT_TOKEN,
                                "-dev-listen-address=0.0.0.0:" + PORT,
                                "-dev-no-store-token",
                                "-config=" + FOLDER + "config.hcl")
                        .waitingFor(
                                Wait.forHttp("/v1/sys/health")
                                        .forStatusCode(ACTIVE)
                                        .withStartupTimeout(LIMIT));
        try {
            container.start();
            VaultContainer vault = new VaultContainer(container);
            vault.enableAudit();
            return vault;
        } catch (RuntimeException e) {
            container.stop();
            throw new TestbedException("could not start " + image + ": " + e.getMessage(), e);
        }
    }

    private void enableAudit() {
        boolean declared = api().send("GET", "sys/audit", null).body().path("data").has("testbed/");
        if (!declared) {
            api().write(
                            "sys/audit/testbed",
                            Map.of("type", "file", "options", Map.of("file_path", AUDIT_FILE)));
        }
    }

    @Override
    public URI address() {
        return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT));
    }

    @Override
    public String rootToken() {
        return ROOT_TOKEN;
    }

    @Override
    public String caCertificate() {
        return "";
    }

    @Override
    public void seal() {
        api().write("sys/seal", Map.of());
        awaitHealth(SEALED);
    }

    @Override
    public void unseal() {
        Matcher key = UNSEAL_KEY.matcher(container.getLogs());
        if (!key.find()) {
            throw new TestbedException("the container's log has no unseal key");
        }
        apiAs("").write("sys/unseal", Map.of("key", key.group(1)));
        awaitHealth(ACTIVE);
    }

    private void awaitHealth(int status) {
        VaultApi api = api();
        Waiting.until(
                "waiting for the vault", LIMIT, List.of(), () -> api.healthStatus() == status);
    }

    @Override
    public AuditLog audit() {
        return new AuditLog(this::auditFile, 0);
    }

    private byte[] auditFile() {
        try {
            return container.copyFileFromContainer(AUDIT_FILE, InputStream::readAllBytes);
        } catch (NotFoundException nothingYet) {
            return new byte[0];
        }
    }

    @Override
    public void close() {
        container.stop();
    }
}

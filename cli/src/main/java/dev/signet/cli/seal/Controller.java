package dev.signet.cli.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.signet.cli.manifest.Manifest;
import dev.signet.cli.manifest.ManifestException;
import dev.signet.cli.manifest.ManifestFormat;
import dev.signet.cli.manifest.SealedManifest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * The controller of sealed Secrets, reached through the API server: its Service tells the name of
 * the first port, and the proxy of that port leads to it.
 */
public final class Controller implements CertificateSource, AutoCloseable {

    private static final int CONFLICT = 409;

    private final ApiServer server;
    private final String namespace;
    private final String name;

    Controller(ApiServer server, String namespace, String name) {
        this.server = server;
        this.namespace = namespace;
        this.name = name;
    }

    /**
     * The controller that flags and kubeconfig name.
     *
     * @throws SealException where no cluster can be told
     */
    static Controller of(FlagValues flags, ClusterSettings settings) throws SealException {
        Duration timeout = Timeouts.parse(flags.text("request-timeout"));
        return new Controller(
                new ApiServer(settings.cluster(), timeout),
                flags.text(SealFlags.CONTROLLER_NAMESPACE),
                flags.text(SealFlags.CONTROLLER_NAME));
    }

    @Override
    public String pem() throws SealException, InterruptedException {
        String service = service();
        try {
            byte[] pem =
                    server.get(
                            proxy(service, "/v1/cert.pem"),
                            "application/x-pem-file, */*",
                            "services " + service);
            return new String(pem, StandardCharsets.ISO_8859_1);
        } catch (ApiException e) {
            throw new SealException("cannot fetch certificate: " + e.getMessage());
        }
    }

    /**
     * Asks whether the controller can open these, one after another.
     *
     * @throws SealException where it cannot
     */
    void validate(Giver giver) throws SealException, InterruptedException {
        String service = service();
        for (SealedManifest manifest : giver.give()) {
            try {
                server.post(proxy(service, "/v1/verify"), json(manifest), "services " + service);
            } catch (ApiException e) {
                throw new SealException(
                        e.code() == CONFLICT
                                ? "unable to decrypt sealed secret: " + manifest.name()
                                : "cannot validate sealed secret: " + e.getMessage());
            }
        }
    }

    /** What gives the objects, once it is known that there is a controller. */
    @FunctionalInterface
    interface Giver {
        List<SealedManifest> give() throws SealException;
    }

    /** What takes an object that was sealed anew. */
    @FunctionalInterface
    interface Taker {
        void take(SealedManifest manifest) throws SealException;
    }

    /**
     * Has these sealed with the newest key, one after another.
     *
     * @throws SealException where the controller cannot open one
     */
    void reEncrypt(Giver giver, Taker taker) throws SealException, InterruptedException {
        String service = service();
        for (SealedManifest manifest : giver.give()) {
            byte[] answer;
            try {
                answer =
                        server.post(
                                proxy(service, "/v1/rotate"),
                                json(manifest),
                                "services " + service);
            } catch (ApiException e) {
                throw new SealException(
                        e.code() == CONFLICT
                                ? "unable to rotate secret"
                                : "cannot re-encrypt secret: " + e.getMessage());
            }
            taker.take(rotated(answer));
        }
    }

    private static SealedManifest rotated(byte[] answer) throws SealException {
        try {
            JsonNode tree = ApiServer.json(answer);
            SealedManifest sealed =
                    SealedManifest.lenient(new Manifest(tree, ManifestFormat.JSON)).typed();
            sealed.tree()
                    .withObjectProperty("metadata")
                    .remove(List.of("creationTimestamp", "deletionTimestamp", "generation"));
            return sealed;
        } catch (ManifestException e) {
            throw new SealException("the answer of the controller is no SealedSecret");
        }
    }

    private String service() throws SealException, InterruptedException {
        JsonNode service;
        try {
            service =
                    ApiServer.json(
                            server.get(
                                    "/api/v1/namespaces/%s/services/%s".formatted(namespace, name),
                                    "application/json, */*",
                                    "services " + name));
        } catch (ApiException e) {
            throw new SealException(
                    "cannot get sealed secret service: %s.\nPlease, use the flag --controller-name and --controller-namespace to set up the name and namespace of the sealed secrets controller"
                            .formatted(e.getMessage()));
        }
        JsonNode ports = service.path("spec").path("ports");
        if (ports.isEmpty()) {
            throw new SealException(
                    "service %s/%s has no port; is it that of a sealed secrets controller?"
                            .formatted(namespace, name));
        }
        return "http:%s:%s".formatted(name, ports.path(0).path("name").asText(""));
    }

    private String proxy(String service, String path) {
        return "/api/v1/namespaces/%s/services/%s/proxy%s".formatted(namespace, service, path);
    }

    private static byte[] json(SealedManifest manifest) {
        try {
            return new ObjectMapper().writeValueAsBytes(manifest.tree());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree cannot be written", e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}

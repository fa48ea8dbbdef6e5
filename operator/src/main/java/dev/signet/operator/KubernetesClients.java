package dev.signet.operator;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import dev.signet.operator.kube.WatchfulClientFactory;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the client of the API server. */
public final class KubernetesClients {

    private static final Path IN_CLUSTER =
            Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");
    private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(5).toMillis();
    private static final int REQUEST_MILLIS = (int) Duration.ofSeconds(30).toMillis();
    private static final int REPEATS = 3;

    private KubernetesClients() {}

    /**
     * A client for the cluster that the environment names: KUBECONFIG, else the pod's
     * ServiceAccount, else {@code ~/.kube/config}.
     *
     * @throws StartupException where there is none, or it cannot be read
     */
    public static KubernetesClient fromEnvironment(Map<String, String> environment, Path home)
            throws StartupException {
        return client(configuration(environment, home));
    }

    /** A client for this kubeconfig. */
    public static KubernetesClient fromKubeconfig(String kubeconfig) {
        return client(Config.fromKubeconfig(kubeconfig));
    }

    private static KubernetesClient client(Config config) {
        Config bounded =
                new ConfigBuilder(config)
                        .withConnectionTimeout(CONNECT_MILLIS)
                        .withRequestTimeout(REQUEST_MILLIS)
                        // Of HTTP/2, the JDK shares one connection, and keeps a dead one in use;
                        // of HTTP/1.1, each request that gets no answer closes its own.
                        .withHttp2Disable(true)
                        // Longer repeats belong to our own queue, where they hold up nobody.
                        .withRequestRetryBackoffLimit(REPEATS)
                        .build();
        return new KubernetesClientBuilder()
                .withConfig(bounded)
                .withHttpClientFactory(new WatchfulClientFactory())
                .withKubernetesSerialization(new SlimSerialization(lenientMapper()))
                .build();
    }

    /**
     * Reads what it can of an object. A CRD may be newer than this operator, and a field that we do
     * not know, or whose type has changed, must not stop the watch of a whole kind.
     */
    static ObjectMapper lenientMapper() {
        ObjectMapper mapper =
                new ObjectMapper()
                        .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
                        .addHandler(new IllTypedFieldsAreAbsent());
        // An empty text in the place of an object is refused before any handler is asked.
        mapper.coercionConfigDefaults()
                .setCoercion(CoercionInputShape.EmptyString, CoercionAction.AsNull);
        return mapper;
    }

    private static Config configuration(Map<String, String> environment, Path home)
            throws StartupException {
        Optional<Path> file = kubeconfig(environment, home);
        if (file.isEmpty()) {
            if (Files.isReadable(IN_CLUSTER)) {
                return Config.autoConfigure(null);
            }
            throw new StartupException(
                    "no cluster is configured: KUBECONFIG is not set, there is no %s, and this is no pod; set KUBECONFIG"
                            .formatted(home.resolve(".kube/config")));
        }
        try {
            // Read once by ourselves, for the library says nothing of a file that cannot be read.
            Files.readString(file.get());
            Config config = Config.fromKubeconfig(file.get().toFile());
            if (config.getCurrentContext() == null) {
                throw new StartupException(
                        "kubeconfig %s has no current-context, or one that is not among its contexts; set one with: kubectl config use-context NAME"
                                .formatted(file.get()));
            }
            return config;
        } catch (CharacterCodingException e) {
            throw new StartupException(
                    "kubeconfig %s is not a text in UTF-8; check KUBECONFIG".formatted(file.get()));
        } catch (IOException e) {
            throw new StartupException(
                    "kubeconfig %s cannot be read: %s; check KUBECONFIG"
                            .formatted(file.get(), e.getMessage()));
        } catch (RuntimeException e) {
            // The library's message may quote the file, which holds credentials.
            throw new StartupException(
                    "kubeconfig %s is not a valid kubeconfig; check it with: kubectl config view"
                            .formatted(file.get()));
        }
    }

    private static Optional<Path> kubeconfig(Map<String, String> environment, Path home)
            throws StartupException {
        String named = environment.getOrDefault("KUBECONFIG", "");
        for (String part : List.of(named.split(File.pathSeparator))) {
            if (!part.isBlank() && Files.isRegularFile(Path.of(part))) {
                return Optional.of(Path.of(part));
            }
        }
        if (!named.isBlank()) {
            throw new StartupException(
                    "KUBECONFIG names %s, which is not a file; correct it or unset it"
                            .formatted(named));
        }
        if (Files.isReadable(IN_CLUSTER)) {
            return Optional.empty();
        }
        Path usual = home.resolve(".kube/config");
        return Files.isRegularFile(usual) ? Optional.of(usual) : Optional.empty();
    }
}

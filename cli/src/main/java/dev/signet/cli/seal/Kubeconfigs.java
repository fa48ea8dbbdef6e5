package dev.signet.cli.seal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.cli.manifest.Manifest;
import dev.signet.cli.manifest.ManifestReader;
import dev.signet.cli.manifest.Manifests;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The kubeconfigs that kubectl would read, put together: of two entries with one name the first
 * counts, and paths are taken from the folder of their file.
 *
 * @param currentContext empty for none
 * @param contexts by name
 * @param clusters by name
 * @param users by name
 */
record Kubeconfigs(
        String currentContext, ObjectNode contexts, ObjectNode clusters, ObjectNode users) {

    private static final List<String> PATHS_OF_CLUSTERS = List.of("certificate-authority");
    private static final List<String> PATHS_OF_USERS =
            List.of("client-certificate", "client-key", "tokenFile");

    /**
     * Reads them.
     *
     * @param explicit what {@code --kubeconfig} names; empty for what the environment names
     * @throws SealException where one of them is there and cannot be read
     */
    static Kubeconfigs load(String explicit, Map<String, String> environment) throws SealException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        Kubeconfigs merged =
                new Kubeconfigs("", nodes.objectNode(), nodes.objectNode(), nodes.objectNode());
        if (!explicit.isEmpty()) {
            Path file = Path.of(explicit);
            if (!Files.exists(file)) {
                throw new SealException("stat %s: no such file or directory".formatted(explicit));
            }
            return merged.with(file);
        }
        for (Path file : files(environment)) {
            merged = merged.with(file);
        }
        return merged;
    }

    private static Set<Path> files(Map<String, String> environment) {
        String named = environment.getOrDefault("KUBECONFIG", "");
        if (named.isEmpty()) {
            return Set.of(Path.of(environment.getOrDefault("HOME", "/"), ".kube", "config"));
        }
        Set<Path> files = new LinkedHashSet<>();
        for (String name : named.split(File.pathSeparator, -1)) {
            if (!name.isEmpty()) {
                files.add(Path.of(name));
            }
        }
        return files;
    }

    private Kubeconfigs with(Path file) throws SealException {
        Manifests read;
        try {
            read = ManifestReader.read(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return this;
        } catch (IOException e) {
            throw problem(file, FileProblems.reason(file, e));
        }
        if (!read.problems().isEmpty()) {
            throw problem(file, read.problems().getFirst());
        }
        if (read.documents().isEmpty()) {
            return this;
        }
        Manifest document = read.documents().getFirst();
        if (!document.tree().isObject()) {
            throw problem(file, "it is no kubeconfig");
        }
        JsonNode config = document.tree();
        add(contexts, config.path("contexts"), "context", file, List.of());
        add(clusters, config.path("clusters"), "cluster", file, PATHS_OF_CLUSTERS);
        add(users, config.path("users"), "user", file, PATHS_OF_USERS);
        String current =
                currentContext.isEmpty()
                        ? config.path("current-context").asText("")
                        : currentContext;
        return new Kubeconfigs(current, contexts, clusters, users);
    }

    private static void add(
            ObjectNode all, JsonNode entries, String field, Path file, List<String> paths) {
        for (JsonNode entry : entries) {
            String name = entry.path("name").asText("");
            if (!all.has(name) && entry.get(field) instanceof ObjectNode value) {
                paths.forEach(path -> resolve(value, path, file));
                all.set(name, value);
            }
        }
    }

    private static void resolve(ObjectNode value, String field, Path file) {
        String path = value.path(field).asText("");
        if (!path.isEmpty()) {
            value.put(field, file.toAbsolutePath().resolveSibling(path).normalize().toString());
        }
    }

    private static SealException problem(Path file, String reason) {
        return new SealException("error loading config file \"%s\": %s".formatted(file, reason));
    }

    /** The current context; a kubeconfig holds credentials. */
    @Override
    public String toString() {
        return "kubeconfig with current context " + currentContext;
    }
}

package dev.signet.cli.keys;

import dev.signet.cli.git.WorkTree;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesList;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes and reads saved keys, as a List of Secrets that kubectl and kubeseal read too. */
public final class KeyFile {

    private static final FileAttribute<?> FOR_THE_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private KeyFile() {}

    /** The keys in YAML. */
    public static String yaml(List<Secret> keys, KubernetesClient client) {
        KubernetesList list = new KubernetesList();
        list.setItems(List.<HasMetadata>copyOf(keys));
        String yaml = client.getKubernetesSerialization().asYaml(list);
        return yaml.startsWith("---\n") ? yaml.substring(4) : yaml;
    }

    /**
     * Writes saved keys, for nobody else to read.
     *
     * @param force whether a file is replaced, or lies where Git would keep it
     */
    public static void write(Path file, String yaml, boolean force)
            throws IOException, KeysException {
        if (!force) {
            refuse(file);
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new KeysException("the folder of %s is not there; make it first".formatted(file));
        }
        Path draft = Files.createTempFile(folder, ".signet-keys", ".tmp", FOR_THE_OWNER);
        try {
            Files.writeString(draft, yaml);
            if (force) {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.move(draft, file);
            }
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void refuse(Path file) throws KeysException {
        if (Files.exists(file)) {
            throw exists(file);
        }
        Optional<WorkTree> tree = WorkTree.around(file);
        if (tree.isPresent() && !tree.get().ignores(file).orElse(false)) {
            throw new KeysException(
                    "%s lies in the Git repository %s, where keys must not be; choose another place, or say --force"
                            .formatted(file, tree.get().root()));
        }
    }

    private static KeysException exists(Path file) {
        return new KeysException(
                "%s is there already and may be the only copy of older keys; choose another name, or say --force"
                        .formatted(file));
    }

    /**
     * The Secrets in a saved text.
     *
     * @param origin where it is from, for errors
     */
    public static List<Secret> read(byte[] text, String origin, KubernetesClient client)
            throws KeysException {
        List<HasMetadata> objects;
        try {
            objects = client.load(new ByteArrayInputStream(text)).items();
        } catch (RuntimeException e) {
            // The cause may quote the keys.
            throw new KeysException(
                    "%s cannot be read as YAML or JSON of Kubernetes".formatted(origin));
        }
        List<Secret> secrets = new ArrayList<>();
        for (HasMetadata object : objects) {
            if (object instanceof Secret secret
                    && secret.getMetadata() != null
                    && secret.getMetadata().getName() != null) {
                secrets.add(secret);
            }
        }
        if (secrets.isEmpty()) {
            throw new KeysException(
                    "%s holds no Secret; name a file that 'signet keys backup' wrote"
                            .formatted(origin));
        }
        return secrets;
    }
}

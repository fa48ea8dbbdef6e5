package dev.signet.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.signet.cli.git.Git;
import dev.signet.operator.KubernetesClients;
import dev.signet.sealed.UnsealingKey;
import dev.signet.testbed.SharedControlPlane;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class KeyStoreIT {

    private static final String PREFIX = "sealed-secrets-key";
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static KubernetesClient client;

    private String namespace;
    private KeyStore keys;

    @BeforeAll
    static void connect() {
        client = KubernetesClients.fromKubeconfig(SharedControlPlane.get().kubeconfig());
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @BeforeEach
    void makeNamespace(TestInfo test) {
        namespace =
                client.namespaces()
                        .resource(
                                new NamespaceBuilder()
                                        .withNewMetadata()
                                        .withGenerateName("keys-")
                                        .endMetadata()
                                        .build())
                        .create()
                        .getMetadata()
                        .getName();
        keys = store(namespace);
    }

    private static KeyStore store(String namespace) {
        return new KeyStore(client, namespace, PREFIX, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private UnsealingKey renew() {
        return keys.renew(2048, Duration.ofDays(1), "");
    }

    @Test
    void aNewKeySealsEvenInTheSecondOfTheOneBefore() {
        UnsealingKey first = renew();
        UnsealingKey second = renew();

        assertThat(keys.sealing()).map(UnsealingKey::fingerprint).contains(second.fingerprint());
        assertThat(keys.list())
                .extracting(key -> ((StoredKey.Usable) key).key().fingerprint())
                .containsExactly(second.fingerprint(), first.fingerprint());
        assertThat(client.secrets().inNamespace(namespace).list().getItems())
                .allSatisfy(secret -> {
                    assertThat(secret.getMetadata().getName()).startsWith(PREFIX);
                    assertThat(secret.getType()).isEqualTo("kubernetes.io/tls");
                    assertThat(secret.getMetadata().getLabels())
                            .containsEntry(StoredKey.LABEL, StoredKey.ACTIVE);
                });
    }

    @Test
    void savedKeysComeBackIntoAFreshCluster(@TempDir Path folder) throws Exception {
        UnsealingKey key = renew();
        Path file = folder.resolve("keys.yaml");
        KeyFile.write(file, KeyFile.yaml(keys.backup(), client), false);
        List<Secret> saved = KeyFile.read(Files.readAllBytes(file), "keys.yaml", client);
        String other = namespace;
        makeNamespace(null);

        assertThat(saved).hasSize(1);
        assertThat(keys.restore(saved.getFirst(), false).what()).isEqualTo(Restored.What.CREATED);
        assertThat(keys.restore(saved.getFirst(), false).what()).isEqualTo(Restored.What.UNCHANGED);

        assertThat(keys.sealing()).map(UnsealingKey::fingerprint).contains(key.fingerprint());
        assertThat(store(other).sealing()).isPresent();
        assertThat(Files.readString(file))
                .contains("kind: \"List\"")
                .doesNotContain("resourceVersion");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void anotherKeyOfTheSameNameStaysAndTheSavedOneComesBackBesideItByForce() {
        renew();
        Secret saved = keys.backup().getFirst();
        client.secrets().inNamespace(namespace).withName(saved.getMetadata().getName()).delete();
        renew();
        Secret there = keys.backup().getFirst();
        saved.getMetadata().setName(there.getMetadata().getName());

        assertThat(keys.restore(saved, false).what()).isEqualTo(Restored.What.DIFFERENT);
        assertThat(keys.backup())
                .singleElement()
                .extracting(Secret::getData)
                .isEqualTo(there.getData());
        assertThat(keys.restore(saved, true).what()).isEqualTo(Restored.What.CREATED);
        assertThat(keys.backup())
                .extracting(Secret::getData)
                .containsExactlyInAnyOrder(saved.getData(), there.getData());
        assertThat(keys.restore(saved, true).what()).isEqualTo(Restored.What.UNCHANGED);
    }

    @Test
    void aBrokenKeyOfTheSameNameIsReplacedByForce() {
        renew();
        Secret saved = keys.backup().getFirst();
        client.secrets()
                .inNamespace(namespace)
                .withName(saved.getMetadata().getName())
                .edit(secret -> {
                    secret.getData().put("tls.key", "eA==");
                    return secret;
                });

        assertThat(keys.restore(saved, false).what()).isEqualTo(Restored.What.DIFFERENT);
        assertThat(keys.restore(saved, true).what()).isEqualTo(Restored.What.REPLACED);
        assertThat(keys.backup())
                .singleElement()
                .extracting(Secret::getData)
                .isEqualTo(saved.getData());
    }

    @Test
    void certificatesOfOthersInASavedFileDoNotSeal() {
        renew();
        Secret ingress = keys.backup().getFirst();
        ingress.getMetadata().setName("ingress-tls");
        ingress.getMetadata().setLabels(Map.of());
        makeNamespace(null);

        assertThat(keys.restore(ingress, true).what()).isEqualTo(Restored.What.FOREIGN);
        assertThat(keys.sealing()).isEmpty();
    }

    @Test
    void aKeyThatIsThereUnderAnotherNameIsNotMadeTwice() {
        renew();
        Secret saved = keys.backup().getFirst();
        saved.getMetadata().setName("other");

        assertThat(keys.restore(saved, false).what()).isEqualTo(Restored.What.UNCHANGED);
        assertThat(keys.list()).hasSize(1);
    }

    @Test
    void brokenAndRetiredKeysAreListedAndDoNotSeal() throws Exception {
        renew();
        client.secrets()
                .inNamespace(namespace)
                .resource(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName("spoiled")
                                .withLabels(Map.of(StoredKey.LABEL, StoredKey.ACTIVE))
                                .endMetadata()
                                .withData(Map.of("tls.crt", "eA=="))
                                .build())
                .create();
        Secret retired = keys.backup().getFirst();
        client.secrets()
                .inNamespace(namespace)
                .withName(retired.getMetadata().getName())
                .edit(secret -> {
                    secret.getMetadata().getLabels().put(StoredKey.LABEL, "compromised");
                    return secret;
                });

        assertThat(keys.sealing()).isEmpty();
        KeyTable table =
                new KeyTable(keys.list(), keys.sealing(), Clock.fixed(NOW, ZoneOffset.UTC));
        assertThat(table.lines())
                .hasSize(3)
                .anyMatch(line -> line.contains("not used"))
                .anyMatch(line -> line.startsWith("spoiled") && line.endsWith("it has no tls.key"));
        assertThat(table.json()).contains("\"broken\" : \"it has no tls.key\"");
        assertThat(keys.backup()).hasSize(2);
    }

    @Test
    void keysAreNotSavedWhereGitKeepsThemNorOverOthers(@TempDir Path folder) throws Exception {
        Git.init(folder);
        Path file = folder.resolve("keys.yaml");
        assertThatThrownBy(() -> KeyFile.write(file, "x", false))
                .isInstanceOf(KeysException.class)
                .hasMessageContaining("Git repository");
        assertThat(file).doesNotExist();

        Files.writeString(folder.resolve(".gitignore"), "keys.yaml\n");
        KeyFile.write(file, "x", false);
        assertThatThrownBy(() -> KeyFile.write(file, "y", false))
                .hasMessageContaining("is there already");
        KeyFile.write(file, "y", true);
        assertThat(file).hasContent("y");
    }
}

package dev.signet.provider.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Keys with certificates that they signed themselves, made by the JDK's tool. */
final class KeyTool {

    static final char[] PASSWORD = "changeit".toCharArray();

    private KeyTool() {}

    /** A store with one key, under {@code name}, which is also the certificate's. */
    static KeyStore pair(Path folder, String name, String algorithm, String... extensions) {
        Path file = folder.resolve(name + algorithm + ".p12");
        List<String> words =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                name,
                                "-keyalg",
                                algorithm,
                                "-dname",
                                "CN=" + name,
                                "-keystore",
                                file.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD)));
        for (String extension : extensions) {
            words.add("-ext");
            words.add(extension);
        }
        try {
            Process keytool =
                    new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("keytool.log").toFile())
                            .start();
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(Files.readString(folder.resolve("keytool.log")));
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The certificate of a pair, in PEM. */
    static String certificate(KeyStore pair, String name) throws GeneralSecurityException {
        return pem("CERTIFICATE", pair.getCertificate(name).getEncoded());
    }

    /** The private key of a pair, in PEM. */
    static String key(KeyStore pair, String name) throws GeneralSecurityException {
        return pem("PRIVATE KEY", pair.getKey(name, PASSWORD).getEncoded());
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(
                        type,
                        Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(content),
                        type);
    }
}

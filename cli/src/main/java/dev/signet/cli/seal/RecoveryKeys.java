package dev.signet.cli.seal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signet.cli.manifest.Manifest;
import dev.signet.cli.manifest.ManifestException;
import dev.signet.cli.manifest.ManifestReader;
import dev.signet.cli.manifest.SecretManifest;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.KeyGenerator;
import dev.signet.sealed.KeyRing;
import dev.signet.sealed.SealedFormatException;
import dev.signet.sealed.UnsealingKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Private keys in files: PEM, a Secret of the controller, or a list of such, as a backup has. */
final class RecoveryKeys {

    private static final String PEM = "-----BEGIN ";

    /** OpenSSL writes attributes before it. */
    private static final Pattern PEM_KEY =
            Pattern.compile("^-----BEGIN .*PRIVATE KEY-----", Pattern.MULTILINE);

    /** Nobody seals with the certificate that is made for a bare key. */
    private static final Duration LIFE = Duration.ofDays(1);

    private RecoveryKeys() {}

    /**
     * The keys of all files.
     *
     * @throws SealException where a file has none
     */
    static KeyRing read(List<String> files, SealContext context)
            throws SealException, ManifestException {
        KeyGenerator generator = new KeyGenerator(context.clock(), context.random());
        Map<String, UnsealingKey> keys = new LinkedHashMap<>();
        for (String file : files) {
            for (String pem : pems(Path.of(file))) {
                try {
                    UnsealingKey key = generator.certify(file, pem, LIFE);
                    keys.putIfAbsent(key.fingerprint(), key);
                } catch (SealedFormatException e) {
                    throw new SealException("%s: %s".formatted(file, e.getMessage()));
                }
            }
        }
        return new KeyRing(List.copyOf(keys.values()));
    }

    private static List<String> pems(Path file) throws SealException, ManifestException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new SealException(FileProblems.reading(file, e));
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.stripLeading().startsWith(PEM) || PEM_KEY.matcher(text).find()) {
            return List.of(text);
        }
        List<String> pems = new ArrayList<>();
        for (Manifest document : ManifestReader.read(bytes).documents()) {
            JsonNode items = document.tree().path("items");
            if (items.isArray()) {
                for (JsonNode item : items) {
                    pems.add(pem(new Manifest(item, document.format()), file));
                }
            } else {
                pems.add(pem(document, file));
            }
        }
        if (pems.isEmpty()) {
            throw new SealException("%s holds no private key".formatted(file));
        }
        return pems;
    }

    private static String pem(Manifest manifest, Path file)
            throws SealException, ManifestException {
        if (!manifest.tree().isObject()) {
            throw new SealException("%s holds no private key".formatted(file));
        }
        SecretManifest secret = SecretManifest.of(manifest);
        @Nullable SecretValue key = secret.values().get("tls.key");
        if (key == null) {
            throw new SealException("secret must contain a 'tls.key' key: " + file);
        }
        String pem = key.utf8();
        secret.wipe();
        return pem;
    }
}

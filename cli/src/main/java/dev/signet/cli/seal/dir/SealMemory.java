package dev.signet.cli.seal.dir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signet.provider.SecretValue;
import dev.signet.sealed.Scope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers which ciphertext was made of which value, though neither can be told from what is
 * remembered: a keyed hash of both and of all they are bound to. The key of the hash is random and
 * lies in the same file, beside the plaintext and nowhere else; so a hash that leaks without the
 * folder confirms no guess.
 */
final class SealMemory {

    /** Name of the file, in the folder of the plaintext. */
    static final String FILE = ".sealed-state";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final byte[] key;
    private final Map<String, String> known;
    private final Map<String, String> current = new TreeMap<>();
    private final Map<String, List<String>> knownFiles;
    private final Map<String, List<String>> currentFiles = new TreeMap<>();
    private final boolean isNew;

    private SealMemory(
            byte[] key,
            Map<String, String> known,
            Map<String, List<String>> knownFiles,
            boolean isNew) {
        this.key = key;
        this.known = known;
        this.knownFiles = knownFiles;
        this.isNew = isNew;
    }

    /**
     * What a value is bound to.
     *
     * @param item key of the Secret
     */
    record Place(Scope scope, String namespace, String name, String item) {}

    /** Reads what was remembered; a file that is missing or spoiled begins a new memory. */
    static SealMemory read(Path folder, SecureRandom random) {
        try {
            JsonNode saved = new ObjectMapper().readTree(Files.readAllBytes(folder.resolve(FILE)));
            byte[] key = Base64.getDecoder().decode(saved.path("key").asText(""));
            if (key.length == KEY_BYTES) {
                Map<String, String> known = new TreeMap<>();
                saved.path("sealed")
                        .properties()
                        .forEach(entry -> known.put(entry.getKey(), entry.getValue().asText("")));
                Map<String, List<String>> files = new TreeMap<>();
                saved.path("files")
                        .properties()
                        .forEach(entry -> files.put(entry.getKey(), texts(entry.getValue())));
                return new SealMemory(key, known, files, false);
            }
        } catch (IOException | IllegalArgumentException e) {
            // Begun anew: everything is sealed again.
        }
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return new SealMemory(key, Map.of(), Map.of(), true);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText("")));
        return texts;
    }

    /** Whether nothing was remembered. */
    boolean isNew() {
        return isNew;
    }

    /**
     * Whether this ciphertext was made of this value.
     *
     * @return the fingerprint of the key that it was sealed for; empty where it was not
     */
    Optional<String> sealedFor(Place place, SecretValue value, String ciphertext) {
        return Optional.ofNullable(known.get(mark(place, value, ciphertext)));
    }

    /** Remembers a ciphertext that is in use. */
    void keep(Place place, SecretValue value, String ciphertext, String fingerprint) {
        current.put(mark(place, value, ciphertext), fingerprint);
    }

    /** Whether a sealed file of this name was written. */
    boolean wrote(String file) {
        return knownFiles.containsKey(file);
    }

    /** Whether this SealedSecret was written, into whatever file. */
    boolean made(String id) {
        return knownFiles.values().stream().anyMatch(ids -> ids.contains(id));
    }

    /** Remembers what a sealed file holds. */
    void keep(String file, List<String> ids) {
        currentFiles.put(file, List.copyOf(ids));
    }

    /** Remembers what was remembered of a file whose plaintext is away, for it may come back. */
    void keepAway(String file) {
        currentFiles.put(file, knownFiles.getOrDefault(file, List.of()));
        // Which marks are of that file cannot be told.
        known.forEach(current::putIfAbsent);
    }

    /** Writes what is in use, for the owner alone. */
    void write(Path folder) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode saved = mapper.createObjectNode();
        saved.put("key", Base64.getEncoder().encodeToString(key));
        ObjectNode sealed = saved.putObject("sealed");
        current.forEach(sealed::put);
        ObjectNode files = saved.putObject("files");
        currentFiles.forEach((name, ids) -> ids.forEach(files.putArray(name)::add));
        Path draft = Files.createTempFile(folder, FILE, ".tmp");
        try {
            Files.write(draft, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(saved));
            Files.move(draft, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private String mark(Place place, SecretValue value, String ciphertext) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            add(mac, place.scope().word().getBytes(StandardCharsets.UTF_8));
            add(mac, place.scope().label(place.namespace(), place.name()));
            add(mac, place.item().getBytes(StandardCharsets.UTF_8));
            add(mac, ciphertext.getBytes(StandardCharsets.UTF_8));
            add(mac, value.bytes());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC with SHA-256 is not available", e);
        }
    }

    // With its length, so that no two lists of parts read alike.
    private static void add(Mac mac, byte[] part) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        mac.update(part);
    }
}

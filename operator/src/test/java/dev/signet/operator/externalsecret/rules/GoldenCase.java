package dev.signet.operator.externalsecret.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder with what goes in and what must come out. To add a case, add a folder. */
record GoldenCase(Path folder) {

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    /** All cases of one rule. */
    static Stream<GoldenCase> of(String rule) {
        try {
            Path root = Path.of(GoldenCase.class.getResource("/golden/" + rule).toURI());
            try (Stream<Path> folders = Files.list(root)) {
                return folders.sorted().map(GoldenCase::new).toList().stream();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    <T> T read(String file, Class<T> type) {
        return readIfPresent(file, type).orElseThrow(() -> new AssertionError("no " + file));
    }

    <T> Optional<T> readIfPresent(String file, Class<T> type) {
        Path path = folder.resolve(file);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(YAML.unmarshal(Files.readString(path), type));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static <T> T convert(Object value, Class<T> type) {
        return YAML.convertValue(value, type);
    }

    Map<?, ?> map(String file) {
        return read(file, Map.class);
    }

    Optional<Map<?, ?>> mapIfPresent(String file) {
        return readIfPresent(file, Map.class).map(map -> map);
    }

    /** A value as the files hold it: text, or {@code base64:} and bytes that are no text. */
    static byte[] bytes(Object value) {
        String text = String.valueOf(value);
        return text.startsWith("base64:")
                ? Base64.getDecoder().decode(text.substring("base64:".length()))
                : text.getBytes(UTF_8);
    }

    /** Data as the files hold it. */
    static Map<String, String> shown(Map<String, byte[]> data) {
        Map<String, String> shown = new TreeMap<>();
        data.forEach((key, value) -> {
            String text = new String(value, UTF_8);
            boolean isText = text.indexOf('\uFFFD') < 0 && text.indexOf('\0') < 0;
            shown.put(key, isText ? text : "base64:" + Base64.getEncoder().encodeToString(value));
        });
        return shown;
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}

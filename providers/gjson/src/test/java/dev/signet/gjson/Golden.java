package dev.signet.gjson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the cases that {@code src/test/go} wrote. */
final class Golden {

    private Golden() {}

    static List<JsonNode> read(String name) throws IOException {
        return read(Path.of("src/test/resources/golden", name));
    }

    static List<JsonNode> read(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        try (var lines = Files.lines(file)) {
            return lines.map(line -> parse(mapper, line)).toList();
        }
    }

    private static JsonNode parse(ObjectMapper mapper, String line) {
        try {
            return mapper.readTree(line);
        } catch (IOException e) {
            throw new IllegalStateException(line, e);
        }
    }
}

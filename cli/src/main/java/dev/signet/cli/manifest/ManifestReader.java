package dev.signet.cli.manifest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads manifests as kubectl and kubeseal do: what begins with a brace is JSON, several objects
 * behind one another if need be, and all else is YAML 1.1 in documents between lines of {@code
 * ---}.
 */
public final class ManifestReader {

    private static final String SEPARATOR = "---";

    private final ObjectMapper json = new ObjectMapper();
    private final List<Manifest> documents = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private ManifestReader() {}

    /** The documents in these bytes, which are UTF-8. */
    public static Manifests read(byte[] bytes) {
        ManifestReader reader = new ManifestReader();
        reader.readAll(bytes);
        return new Manifests(reader.documents, reader.problems);
    }

    private void readAll(byte[] bytes) {
        int start = firstWord(bytes);
        if (start < bytes.length && bytes[start] == '{') {
            readJson(bytes);
        } else {
            readYaml(bytes);
        }
    }

    private static int firstWord(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && Character.isWhitespace(bytes[at])) {
            at++;
        }
        return at;
    }

    private void readJson(byte[] bytes) {
        long done = 0;
        try (MappingIterator<JsonNode> objects = json.readerFor(JsonNode.class).readValues(bytes)) {
            while (objects.hasNextValue()) {
                add(objects.nextValue(), ManifestFormat.JSON);
                done = objects.getParser().currentLocation().getByteOffset();
            }
        } catch (JsonProcessingException e) {
            // One object may be the flow style of YAML, or be followed by YAML.
            if (documents.size() <= 1) {
                readYaml(Arrays.copyOfRange(bytes, (int) done, bytes.length));
            } else {
                problems.add(jsonProblem(e));
            }
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot be read", e);
        }
    }

    private static String jsonProblem(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return "it is no JSON at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
    }

    private void readYaml(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            problems.add("it is not UTF-8");
            return;
        }
        StringBuilder document = new StringBuilder();
        int line = 0;
        int first = 1;
        for (String words : List.of(text.split("(?<=\n)", -1))) {
            line++;
            if (words.startsWith(SEPARATOR)) {
                readYamlDocument(document.toString(), first);
                document.setLength(0);
                first = line + 1;
                String rest = words.substring(SEPARATOR.length()).strip();
                if (!rest.isEmpty() && rest.charAt(0) != '#') {
                    problems.add("line %d stands behind --- on the same line".formatted(line));
                }
            } else {
                document.append(words);
            }
        }
        readYamlDocument(document.toString(), first);
    }

    private void readYamlDocument(String text, int firstLine) {
        if (text.isBlank()) {
            return;
        }
        try {
            add(YamlReader.read(text), ManifestFormat.YAML);
        } catch (MarkedYamlEngineException e) {
            int line = firstLine + e.getProblemMark().map(mark -> mark.getLine()).orElse(0);
            problems.add("it is no YAML at line %d".formatted(line));
        } catch (YamlEngineException e) {
            problems.add("it is no YAML in the document of line %d".formatted(firstLine));
        }
    }

    private void add(JsonNode tree, ManifestFormat format) {
        if (!tree.isNull() && !tree.isMissingNode() && !(tree.isObject() && tree.isEmpty())) {
            documents.add(new Manifest(tree, format));
        }
    }
}

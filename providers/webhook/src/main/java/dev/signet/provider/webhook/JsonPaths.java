package dev.signet.provider.webhook;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.TypeRef;
import com.jayway.jsonpath.spi.mapper.MappingException;
import com.jayway.jsonpath.spi.mapper.MappingProvider;
import dev.signet.rest.Json;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Follows JSONPaths, within bounds: path and answer may both come from people who wish the operator
 * ill, and some paths visit a tree's members once for each member.
 */
final class JsonPaths {

    private static final int MAX_PATH = 1024;
    private static final int MAX_DEEP_SCANS = 2;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_TOKENS = 200_000;
    private static final int MAX_TOKENS_TO_FILTER = 20_000;
    private static final Pattern REGEXP = Pattern.compile("=\\s*~");
    private static final Json ALL = new Json(MAX_DEPTH, MAX_TOKENS, WebhookSecretClient.MAX_ANSWER);
    private static final Json TO_FILTER =
            new Json(MAX_DEPTH, MAX_TOKENS_TO_FILTER, WebhookSecretClient.MAX_ANSWER);

    private JsonPaths() {}

    /** Checks a path. */
    static void check(String path) throws TemplateException {
        compiled(path);
    }

    /**
     * What a path leads to in a text.
     *
     * @param path the whole, where it is empty
     * @return a value as {@link Json} reads it
     */
    static @Nullable Object pick(byte[] json, String path) throws TemplateException {
        Object tree;
        try {
            tree = (filters(path) ? TO_FILTER : ALL).parse(json);
        } catch (IOException e) {
            throw new TemplateException(
                    "the answer is no JSON, or too large or too deep to be searched");
        }
        if (path.isEmpty()) {
            return tree;
        }
        JsonPath compiled = compiled(path);
        if (tree == null) {
            throw nothing(path);
        }
        try {
            return compiled.<@Nullable Object>read(tree, configuration());
        } catch (PathNotFoundException e) {
            throw nothing(path);
        } catch (JsonPathException | ClassCastException e) {
            // The message may quote the answer.
            throw new TemplateException(
                    "result.jsonPath '%s' cannot be followed in the answer".formatted(path));
        }
    }

    static TemplateException nothing(String path) {
        return new TemplateException(
                "result.jsonPath '%s' leads to nothing in the answer".formatted(path));
    }

    private static Configuration configuration() {
        return Configuration.builder()
                .jsonProvider(new JsonTrees())
                .mappingProvider(new NoMapping())
                .build();
    }

    private static boolean filters(String path) {
        return path.contains("?") || path.contains("(") || path.contains("..");
    }

    private static JsonPath compiled(String path) throws TemplateException {
        if (path.length() > MAX_PATH) {
            throw new TemplateException(
                    "result.jsonPath is longer than %d characters".formatted(MAX_PATH));
        }
        if (path.split("\\.\\.", -1).length - 1 > MAX_DEEP_SCANS) {
            throw new TemplateException(
                    "result.jsonPath has more than %d '..'".formatted(MAX_DEEP_SCANS));
        }
        if (REGEXP.matcher(path).find()) {
            throw new TemplateException("result.jsonPath: '=~' is not supported");
        }
        try {
            return JsonPath.compile(path);
        } catch (InvalidPathException | IllegalArgumentException e) {
            throw new TemplateException("result.jsonPath '%s' is no JSONPath".formatted(path));
        }
    }

    /** Values are taken as they are. */
    private static final class NoMapping implements MappingProvider {

        @Override
        public <T> T map(Object source, Class<T> type, Configuration configuration) {
            throw new MappingException("nothing is mapped");
        }

        @Override
        public <T> T map(Object source, TypeRef<T> type, Configuration configuration) {
            throw new MappingException("nothing is mapped");
        }
    }
}
